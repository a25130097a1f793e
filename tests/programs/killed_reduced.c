/*
 * Reduction alone knows that a signal which ends the process comes before or
 * after whatever others do, be it on other objects.
 *
 * Watch: y
 * Options: --strategy dpor
 * Verdict: findings
 * Outcome: exit 0 y=1
 * Outcome: crash 9 y=0
 * Outcome: crash 9 y=1
 * Finding: crash
 * Incomplete: any
 */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static int x;
static int y;

static void *write_both(void *unused)
{
	__atomic_store_n(&y, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *die(void *unused)
{
	if (__atomic_load_n(&x, __ATOMIC_SEQ_CST) == 0)
		kill(getpid(), SIGKILL);
	return __atomic_load_n(&y, __ATOMIC_SEQ_CST) == 1 ? unused : NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, write_both, NULL);
	pthread_create(&second, NULL, die, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
