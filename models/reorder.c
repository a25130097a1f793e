/*
 * Setters change two variables, one after the other, and a checker compares
 * them. Each access is atomic, and nobody could say that the program has a data
 * race; but between the two stores of a setter, the checker sees one of them.
 *
 *     reorder [SETTERS]      2 by default
 *
 * Watch: a b
 * Verdict: findings
 * Outcome: exit 0 a=1 b=-1 "a = 1, b = -1\n"
 * Outcome: assertion a=1 b=0
 * Outcome: assertion a=1 b=-1
 * Finding: assertion in=check at=here
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define SETTERS_MAX 16

atomic_int a;
atomic_int b;

static void *set(void *unused)
{
	a = 1;
	b = -1;
	return unused;
}

static void *check(void *unused)
{
	int first = a;
	int second = b;

	assert(first + second == 0); /* here */
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
