/*
 * Peterson's algorithm (1981): two threads exclude each other with loads and
 * stores alone. Each says that it wants to enter, lets the other go first, and
 * waits while the other wants to enter and is the one to go first.
 *
 * It relies on a total order of all these accesses: with weaker atomics than
 * the default ones, or on a machine that lets loads pass stores, it is wrong.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2 "x = 2\n"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

int x;
static atomic_bool wants[2];
static atomic_int first;
static int numbers[2] = {0, 1};

static void lock(int self)
{
	const int other = 1 - self;

	wants[self] = true;
	first = other;
	while (wants[other] && first == other)
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
