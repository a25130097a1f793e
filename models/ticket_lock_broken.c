/*
 * A ticket lock whose tickets are drawn in two steps: one that looks at the
 * next number and one that sets it. Two threads may draw the same ticket, and
 * are served together; or the slower one comes when that ticket has been
 * served, and waits for ever.
 *
 *     ticket_lock_broken [THREADS]      2 by default
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1 "x = 1\n"
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: livelock x=1
 * Finding: data-race variable=x in=count,count at=here,here
 * Finding: livelock
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
	const unsigned ticket = next_ticket;

	next_ticket = ticket + 1;
	return ticket;
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
	x += 1; /* here */
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
