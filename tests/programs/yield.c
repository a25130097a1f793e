/*
 * A yield is no operation: it adds no interleaving.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 * Executions: 2
 */
#include <pthread.h>
#include <sched.h>

static int x;

static void *work(void *unused)
{
	sched_yield();
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	sched_yield();
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
