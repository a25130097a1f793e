/*
 * Dekker's algorithm (described by Dijkstra, 1965): the first that made two
 * threads exclude each other with loads and stores alone. Each says that it
 * wants to enter; where both do, the one whose turn it is not takes it back
 * until the other has been in.
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
static atomic_int turn;
static int numbers[2] = {0, 1};

static void lock(int self)
{
	const int other = 1 - self;

	wants[self] = true;
	while (wants[other]) {
		if (turn == self)
			continue;
		wants[self] = false;
		while (turn != self)
			;
		wants[self] = true;
	}
}

static void unlock(int self)
{
	turn = 1 - self;
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
