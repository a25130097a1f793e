/*
 * Peterson's algorithm (1981), with two stores in the wrong order: a thread
 * lets the other go first before it says that it wants to enter. Both may do
 * the first, and whoever wanted last has overwritten the courtesy of the other:
 * one enters as nobody else wants to, the other as it may go first.
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

int x;
static atomic_bool wants[2];
static atomic_int first;
static int numbers[2] = {0, 1};

static void lock(int self)
{
	const int other = 1 - self;

	first = other;
	wants[self] = true;
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
	x += 1; /* here */
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
