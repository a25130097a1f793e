/*
 * An address depends on the thread and its own allocations, not on who came
 * first.
 *
 * Watch: x
 * Verdict: verified
 * Outcomes: 1
 * Executions: 6
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int x;
static void *first_block;
static void *second_block;

static void *one(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	first_block = malloc(100);
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *two(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	second_block = malloc(100);
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	printf("%p %p\n", first_block, second_block);
	return 0;
}
