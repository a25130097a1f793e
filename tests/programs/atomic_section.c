/*
 * Increments that nobody can come in between of: no update is lost.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 * Executions: 2
 */
#include <explorer.h>
#include <pthread.h>

static int x;

static void *increment(void *unused)
{
	explorer_atomic_begin();
	x = x + 1;
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
