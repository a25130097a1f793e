/*
 * To write under a lock that is held for reading races with the other readers.
 *
 * Watch: x
 * Verdict: findings
 * Finding: data-race variable=x in=body,body
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static int x;

static void *body(void *unused)
{
	pthread_rwlock_rdlock(&l);
	x = x + 1;
	pthread_rwlock_unlock(&l);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, body, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
