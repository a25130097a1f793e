/*
 * The process dies in the midst of the search, again and again, and each time
 * the search goes on where it was: no order is lost, and none is run twice.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=3
 * Outcome: crash 9 x=2
 * Finding: crash
 * Executions: 16
 * Incomplete: any
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int x;

static void *increment(void *unused)
{
	for (int i = 0; i < 3; i++)
		__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *look(void *unused)
{
	for (int i = 0; i < 3; i++)
		if (__atomic_load_n(&x, __ATOMIC_SEQ_CST) == 2)
			kill(getpid(), SIGKILL);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, look, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
