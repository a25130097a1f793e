/*
 * A spin lock excludes, and orders.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_spinlock_t p;
static int x;

static void *body(void *unused)
{
	pthread_spin_lock(&p);
	x = x + 1;
	pthread_spin_unlock(&p);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_spin_init(&p, PTHREAD_PROCESS_PRIVATE);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, body, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	pthread_spin_destroy(&p);
	return 0;
}
