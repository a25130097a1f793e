/*
 * Between these two marks a thread that may be cancelled at any time is
 * cancelled at cancellation points only, and again at any time behind them.
 *
 * Case: between
 * Verdict: verified
 * Outcome: exit 0 "x 3 handler "
 * Case: behind
 * Verdict: verified
 * Outcome: exit 0 "x 3 "
 * Outcome: exit 0 "x 4 "
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static atomic_int x;
static sem_t begun;
static sem_t never;
static int waits;

static void say(void *text)
{
	printf("x %d %s", atomic_load(&x), (char *)text);
}

static void *work(void *unused)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	pthread_cleanup_push_defer_np(say, "handler ");
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	sem_post(&begun);
	for (int i = 1; i <= 3; i++)
		atomic_store(&x, i);
	if (waits)
		sem_wait(&never);
	pthread_cleanup_pop_restore_np(0);
	atomic_store(&x, 4);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	waits = argc < 2 || strcmp(argv[1], "between") == 0;
	sem_init(&begun, 0, 0);
	sem_init(&never, 0, 0);
	pthread_create(&thread, NULL, work, NULL);
	sem_wait(&begun);
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	if (!waits)
		say("");
	return 0;
}
