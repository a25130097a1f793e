/*
 * main ends before a thread that uses its local variable.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-return in=add at=use variable=local
 *     message=local "local" of main() in add()
 */
#include <pthread.h>
#include <stddef.h>

static void *add(void *number)
{
	int *at = number;

	*at += 1; /* use */
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int local = 0;

	pthread_create(&thread, NULL, add, &local);
	pthread_exit(NULL);
}
