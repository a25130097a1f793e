/*
 * A lock is destroyed while another thread has it. After that it is nobody's.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse in=main at=here message=main destroys lock m while it is held
 * Finding: misuse in=body at=there message=T1 uses lock m after it was
 *     destroyed
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *body(void *unused)
{
	if (pthread_mutex_lock(&m)) /* there */
		return unused;
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_mutex_destroy(&m); /* here */
	pthread_join(thread, NULL);
	return 0;
}
