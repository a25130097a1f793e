/*
 * Two threads that are too polite: an attempt on the way to Dekker's algorithm
 * (Dijkstra tells of several). Each says that it wants to enter, and then waits
 * while the other does. They never meet inside; but if both say so before
 * either looks, both wait for ever.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: livelock x=0
 * Finding: livelock
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

int x;
static atomic_bool wants[2];
static int numbers[2] = {0, 1};

static void lock(int self)
{
	const int other = 1 - self;

	wants[self] = true;
	while (wants[other])
		;
}

static void unlock(int self)
{
	wants[self] = false;
}

static void *count(void *number)
{
	const int self = *(int *)number;

	lock(self);
	x += 1;
	unlock(self);
	return NULL;
}

int main(void)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, count, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
