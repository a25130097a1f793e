/*
 * Reads of what nobody has written: a field that was forgotten, what realloc()
 * adds, a string without its end, an array that another thread fills too late.
 *
 * Options: --uninitialised
 * Verdict: findings
 * Finding: uninitialised-read in=look at=field
 * Finding: uninitialised-read in=main at=grown
 * Finding: uninitialised-read in=main at=length
 * Finding: uninitialised-read in=main at=number
 * Finding: uninitialised-read in=main at=late
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct item {
	char tag;
	int value;
	struct item *next;
};

static int *shared;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int look(const struct item *item)
{
	return item->value; /* field */
}

static void *fill(void *unused)
{
	pthread_mutex_lock(&lock);
	shared[1] = 1;
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	struct item *item = malloc(sizeof(*item));
	int *grown = malloc(2 * sizeof(*grown));
	char *text = malloc(8);
	pthread_t thread;
	int sum = 0;

	item->tag = 'a';
	sum += look(item);
	grown[0] = grown[1] = 1;
	grown = realloc(grown, 4 * sizeof(*grown));
	sum += grown[1];
	sum += grown[2]; /* grown */
	memcpy(text, "four", 4);
	sum += (int)strnlen(text, 8); /* length */
	memset(text, '1', 2);
	text[4] = 0;
	free(text);
	text = malloc(8);
	sum += atoi(text); /* number */
	shared = malloc(2 * sizeof(*shared));
	pthread_create(&thread, NULL, fill, NULL);
	pthread_mutex_lock(&lock);
	sum += shared[1]; /* late */
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
	free(text);
	free(grown);
	free(item);
	free(shared);
	return sum == -1;
}
