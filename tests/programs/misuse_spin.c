/*
 * A spin lock given back by those who do not have it.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=free message=main unlocks spin lock p, which nobody holds
 * Finding: misuse in=body at=other message=T1 unlocks spin lock p, which it
 *     does not hold
 */
#include <pthread.h>

static pthread_spinlock_t p;

static void *body(void *unused)
{
	pthread_spin_unlock(&p); /* other */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_spin_init(&p, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_unlock(&p); /* free */
	pthread_spin_lock(&p);
	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	return 0;
}
