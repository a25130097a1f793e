/*
 * A local variable that is static is shared by all who call its function.
 *
 * Verdict: findings
 * Finding: data-race variable=calls in=count,count at=here,here
 * Finding: data-race variable=x in=count,count at=here,here
 */
#include <pthread.h>

static int x;

static void *count(void *unused)
{
	static int calls;

	x = ++calls; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;

	pthread_create(&first, NULL, count, NULL);
	count(NULL);
	pthread_join(first, NULL);
	return 0;
}
