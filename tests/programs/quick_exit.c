/*
 * Its own handlers run, the last one first, and no others; a thread that is
 * still there may write between them. Two that do so at once end with either's
 * status.
 *
 * Verdict: verified
 *
 * Case: 1
 * Outcome: exit 3 "11"
 * Outcome: exit 3 "12"
 * Outcome: exit 3 "22"
 *
 * Case: 2
 * Outcome: exit 3
 * Outcome: exit 4
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int x;
static int seen;

static void add(void)
{
	seen = seen * 10 + __atomic_load_n(&x, __ATOMIC_SEQ_CST) + 1;
}

static void show(void)
{
	printf("%d", seen);
}

static void never(void)
{
	abort();
}

static void *work(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *leave(void *unused)
{
	(void)unused;
	quick_exit(4);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	atexit(never);
	if (argc > 1 && atoi(argv[1]) == 1) {
		at_quick_exit(show);
		at_quick_exit(add);
		at_quick_exit(add);
	}
	pthread_create(&thread, NULL,
		       argc > 1 && atoi(argv[1]) == 1 ? work : leave, NULL);
	quick_exit(3);
}
