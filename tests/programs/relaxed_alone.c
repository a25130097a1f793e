/*
 * Relaxed counters, and nothing that is not atomic: nothing can race, in
 * whatever order things were done.
 *
 * Watch: hits
 * Options: --strategy states
 * Verdict: verified
 * Outcome: exit 0 hits=4
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int hits;

static void *count(void *unused)
{
	for (int i = 0; i < 2; i++)
		atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, count, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
