/*
 * Arguments and environment are the program's own to change, in every
 * execution anew.
 *
 * Arguments: one two
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2 "3 one two unset Xne 1\n"
 * Executions: 2
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int x;

static void *work(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(int count, char **arguments)
{
	pthread_t first;
	pthread_t second;

	printf("%d %s %s", count, arguments[1], arguments[2]);
	arguments[1][0] = 'X';
	printf(" %s", getenv("EXPLORER_TEST") ? "set" : "unset");
	setenv("EXPLORER_TEST", "1", 1);
	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	printf(" %s %s\n", arguments[1], getenv("EXPLORER_TEST"));
	return 0;
}
