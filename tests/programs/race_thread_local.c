/*
 * A thread writes another's thread-local variable. Its own has nothing to do
 * with that.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=thread-local variable="visits.by_kind[2]"
 *     operations=write,write in=body,main at=there,here
 */
#include <pthread.h>

static __thread struct {
	int all;
	int by_kind[4];
} visits;

static void *body(void *kinds)
{
	visits.by_kind[2] = 1;
	((int *)kinds)[2] = 2; /* there */
	return NULL;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, visits.by_kind);
	visits.by_kind[2] = 3; /* here */
	pthread_join(thread, NULL);
	return 0;
}
