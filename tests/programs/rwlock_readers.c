/*
 * Readers read together and writers alone: no race, and no update is lost.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static int x;

static void *body(void *unused)
{
	int seen;

	pthread_rwlock_rdlock(&l);
	seen = x;
	pthread_rwlock_unlock(&l);
	pthread_rwlock_wrlock(&l);
	x = x + 1;
	pthread_rwlock_unlock(&l);
	return seen > 1 ? &x : unused;
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
