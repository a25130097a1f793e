/*
 * Lamport's bakery (1974) without the part that looks superfluous: nobody says
 * that he is choosing a number. A thread may have seen that no number is out
 * and not have taken one yet; another takes number 1 and enters, as the first
 * has no number; then the first takes number 1, too, and its name comes before.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1 "x = 1\n"
 * Outcome: exit 0 x=2 "x = 2\n"
 * Finding: data-race variable=x in=count,count at=here,here
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#define THREADS 2

int x;
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
	number[self] = highest() + 1;
	for (int other = 0; other < THREADS; other++) {
		if (other == self)
			continue;
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
	x += 1; /* here */
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
