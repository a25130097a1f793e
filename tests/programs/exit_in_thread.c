/*
 * exit() in a thread ends the process, main waiting or not.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 4 x=0
 * Outcome: exit 4 x=1
 */
#include <pthread.h>
#include <stdlib.h>

static int x;

static void *leave(void *unused)
{
	exit(4);
	return unused;
}

static void *work(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, leave, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
