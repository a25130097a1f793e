/*
 * A signal that nobody can catch ends the process, whether or not the other
 * thread has come to do things that have nothing to do with it.
 *
 * Watch: y
 * Verdict: findings
 * Outcome: exit 0 y=2
 * Outcome: crash 9 y=0
 * Outcome: crash 9 y=1
 * Outcome: crash 9 y=2
 * Finding: crash
 * Incomplete: any
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int x;
static int y;

static void *one(void *unused)
{
	__atomic_store_n(&y, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&y, 2, __ATOMIC_SEQ_CST);
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *two(void *unused)
{
	if (__atomic_load_n(&x, __ATOMIC_SEQ_CST) == 0)
		kill(getpid(), SIGKILL);
	return __atomic_load_n(&y, __ATOMIC_SEQ_CST) == 2 ? unused : NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
