/*
 * A buffer that grows by realloc() while threads append to it under a lock: old
 * blocks are gone, and nobody looks at them.
 *
 * Verdict: verified
 * Outcomes: 6
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *text;
static size_t length;

static void *append(void *letter)
{
	pthread_mutex_lock(&lock);
	text = realloc(text, length + 2);
	text[length++] = *(char *)letter;
	text[length] = 0;
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	pthread_t threads[3];
	char letters[] = "abc";

	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, append, &letters[i]);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("%zu %s", length, text);
	free(text);
	return 0;
}
