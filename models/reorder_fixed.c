/*
 * Setters change two variables together, under a lock that the checker takes
 * as well: it sees both as they were before, or both as they are after.
 *
 *     reorder_fixed [SETTERS]      2 by default
 *
 * Watch: a b
 * Verdict: verified
 * Outcome: exit 0 a=1 b=-1 "a = 1, b = -1\n"
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define SETTERS_MAX 16

int a;
int b;
static pthread_mutex_t both = PTHREAD_MUTEX_INITIALIZER;

static void *set(void *unused)
{
	pthread_mutex_lock(&both);
	a = 1;
	b = -1;
	pthread_mutex_unlock(&both);
	return unused;
}

static void *check(void *unused)
{
	int first;
	int second;

	pthread_mutex_lock(&both);
	first = a;
	second = b;
	pthread_mutex_unlock(&both);
	assert(first + second == 0);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t setter[SETTERS_MAX];
	pthread_t checker;
	int setters = argc > 1 ? atoi(argv[1]) : 2;

	if (setters < 1 || setters > SETTERS_MAX) {
		fprintf(stderr, "usage: %s [setters]\n", argv[0]);
		return 2;
	}
	for (int i = 0; i < setters; i++)
		pthread_create(&setter[i], NULL, set, NULL);
	pthread_create(&checker, NULL, check, NULL);
	for (int i = 0; i < setters; i++)
		pthread_join(setter[i], NULL);
	pthread_join(checker, NULL);
	printf("a = %d, b = %d\n", a, b);
	return 0;
}
