/*
 * Lamport's bakery (1974): whoever wants to enter takes a number, one more than
 * all that are out, and the lowest number is served first. Two may take the
 * same number; then the thread with the lower name goes first. While a thread
 * chooses its number, others do not compare theirs with it.
 *
 * Watch: x
 * Options: --strategy dpor
 * Verdict: verified
 * Outcome: exit 0 x=2 "x = 2\n"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#define THREADS 2

int x;
static atomic_bool choosing[THREADS];
static atomic_int number[THREADS]; /* 0: does not want to enter */
static int names[THREADS] = {0, 1};

static int highest(void)
{
	int result = 0;

	for (int i = 0; i < THREADS; i++) {
		const int out = number[i];

		if (out > result)
			result = out;
	}
	return result;
}

static bool goes_first(int other, int self)
{
	const int others = number[other];
	const int own = number[self];

	return others != 0 && (others < own || (others == own && other < self));
}

static void lock(int self)
{
	choosing[self] = true;
	number[self] = highest() + 1;
	choosing[self] = false;
	for (int other = 0; other < THREADS; other++) {
		if (other == self)
			continue;
		while (choosing[other])
			;
		while (goes_first(other, self))
			;
	}
}

static void unlock(int self)
{
	number[self] = 0;
}

static void *count(void *name)
{
	const int self = *(int *)name;

	lock(self);
	x += 1;
	unlock(self);
	return NULL;
}

int main(void)
{
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, count, &names[i]);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
