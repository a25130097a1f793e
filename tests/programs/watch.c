/*
 * A counter on the heap is watched by a name that the program gives it, and so
 * are bytes that are no number.
 *
 * Verdict: findings
 * Outcome: exit 0 count=1 text=0x616263
 * Outcome: exit 0 count=2 text=0x616263
 * Finding: data-race variable=block
 * Lost: exit 0 count=1 text=0x616263
 */
#include <explorer.h>
#include <pthread.h>
#include <stdlib.h>

static char text[] = "abc";

static void *adder(void *count)
{
	++*(short *)count;
	return NULL;
}

int main(void)
{
	short *count = malloc(sizeof(*count));
	pthread_t threads[2];

	*count = 0;
	explorer_watch("text", text, 3);
	explorer_watch("count", count, sizeof(*count));
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, adder, count);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
