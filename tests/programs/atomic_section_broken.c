/*
 * A lock within an atomic section lets others go on before it: what was read
 * then may be out of date.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 */
#include <explorer.h>
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *increment(void *unused)
{
	int seen;

	explorer_atomic_begin();
	seen = x;
	pthread_mutex_lock(&mutex);
	x = seen + 1;
	pthread_mutex_unlock(&mutex);
	explorer_atomic_end();
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, increment, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
