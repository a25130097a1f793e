/*
 * A detached thread goes on by itself; the end of the process may come first.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=1
 */
#include <pthread.h>

static int x;

static void *work(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_detach(thread);
	return 0;
}
