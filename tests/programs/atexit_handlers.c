/*
 * Handlers run in reverse order, as ordinary code, with the other thread
 * alive: it may write between them.
 *
 * Watch: seen
 * Verdict: verified
 * Outcome: exit 0 seen=11
 * Outcome: exit 0 seen=12
 * Outcome: exit 0 seen=22
 */
#include <pthread.h>
#include <stdlib.h>

static int x;
static int seen;

static void first(void)
{
	seen = seen * 10 + __atomic_load_n(&x, __ATOMIC_SEQ_CST) + 1;
}

static void *work(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t thread;

	atexit(first);
	atexit(first);
	pthread_create(&thread, NULL, work, NULL);
	return 0;
}
