/*
 * Two orders lead to states that differ in a lock alone: somebody has taken it
 * for good, or nobody has.
 *
 * Watch: x
 * Verdict: findings
 * Incomplete: any
 * Outcome: exit 0 x=1
 * Outcome: exit 1 x=1
 * Finding: any
 */
#include <pthread.h>

int x;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *taker(void *unused)
{
	if (x)
		pthread_mutex_lock(&mutex);
	return unused;
}

static void *writer(void *unused)
{
	x = 1;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, taker, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return pthread_mutex_trylock(&mutex) != 0;
}
