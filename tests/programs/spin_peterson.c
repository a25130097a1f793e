/*
 * Peterson's lock: the loop reads two variables, and sleeps on both.
 *
 * Options: --strategy dpor
 * Verdict: verified
 * Watch: x
 * Outcome: exit 0 x=2
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static atomic_int wants[2];
static atomic_int turn;
static int x;

static void *increment(void *number)
{
	const int me = (int)(intptr_t)number;
	const int other = 1 - me;

	atomic_store(&wants[me], 1);
	atomic_store(&turn, other);
	while (atomic_load(&wants[other]) && atomic_load(&turn) == other)
		;
	x++;
	atomic_store(&wants[me], 0);
	return NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, (void *)0);
	pthread_create(&second, NULL, increment, (void *)1);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
