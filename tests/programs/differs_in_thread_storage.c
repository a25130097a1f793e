/*
 * Two orders lead to states that differ in a thread's own storage alone.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Outcome: exit 1 x=2
 * Finding: any
 */
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

int x;
static _Thread_local int seen;

/* Leaves what it read behind in no register. */
__attribute__((noinline)) static void keep(void)
{
	seen = x;
}

/* Nor on the stack. */
__attribute__((noinline)) static void wipe(void)
{
	volatile char below[4096];

	for (size_t i = 0; i < sizeof(below); i++)
		below[i] = 0;
}

static void *reader(void *unused)
{
	(void)unused;
	keep();
	wipe();
	x = 2;
	return (void *)(intptr_t)seen;
}

static void *writer(void *unused)
{
	x = 1;
	return unused;
}

int main(void)
{
	pthread_t threads[2];
	void *result;

	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], &result);
	pthread_join(threads[1], NULL);
	return (int)(intptr_t)result;
}
