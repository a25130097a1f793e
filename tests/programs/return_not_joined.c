/*
 * A function that joins those who use its local variables. One of them has been
 * given a stack by the program.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stddef.h>

static char stack[1 << 16] __attribute__((aligned(4096)));

static void *add(void *number)
{
	int *at = number;

	*at += 1;
	return NULL;
}

static int join(void)
{
	pthread_attr_t attributes;
	pthread_t threads[2];
	int local[2] = {1, 2};

	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, stack, sizeof(stack));
	pthread_create(&threads[0], &attributes, add, &local[0]);
	pthread_create(&threads[1], NULL, add, &local[1]);
	pthread_attr_destroy(&attributes);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return local[0] + local[1];
}

int main(void)
{
	return join() + join() != 10;
}
