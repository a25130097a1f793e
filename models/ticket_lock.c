/*
 * A ticket lock (Reed and Kanodia, 1979; Mellor-Crummey and Scott, 1991): each
 * draws a ticket, and waits until it is served. Drawing is one atomic
 * operation, so that no two have the same ticket; serving the next one is a
 * store, since only the holder does it.
 *
 *     ticket_lock [THREADS]      2 by default
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2 "x = 2\n"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS_MAX 16

int x;
static atomic_uint next_ticket;
static atomic_uint served;

static unsigned draw(void)
{
	return atomic_fetch_add(&next_ticket, 1);
}

static void lock(void)
{
	const unsigned ticket = draw();

	while (served != ticket)
		;
}

static void unlock(void)
{
	served = served + 1;
}

static void *count(void *unused)
{
	lock();
	x += 1;
	unlock();
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS_MAX];
	int threads = argc > 1 ? atoi(argv[1]) : 2;

	if (threads < 1 || threads > THREADS_MAX) {
		fprintf(stderr, "usage: %s [threads]\n", argv[0]);
		return 2;
	}
	for (int i = 0; i < threads; i++)
		pthread_create(&thread[i], NULL, count, NULL);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
