/*
 * A program that writes before, after and into what it has freed harms itself
 * at most: there is an answer, and the search of the other orders goes on.
 *
 * Verdict: any
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int x;

static void *scribble(void *unused)
{
	char *block = malloc(24);
	char *other = malloc(24);

	memset(block - 32, 0x55, 96);
	free(other);
	memset(other, 0x55, 24);
	other = malloc(24);
	other[0] = 1;
	return unused;
}

static void *count(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, scribble, NULL);
	pthread_create(&second, NULL, count, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
