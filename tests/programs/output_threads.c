/*
 * Two threads print: both orders are outcomes.
 *
 * Verdict: verified
 * Outcome: exit 0 "one two "
 * Outcome: exit 0 "two one "
 * Executions: 2
 */
#include <pthread.h>
#include <stdio.h>

static void *one(void *unused)
{
	printf("one ");
	return unused;
}

static void *two(void *unused)
{
	printf("two ");
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
