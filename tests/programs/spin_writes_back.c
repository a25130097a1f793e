/*
 * A loop that writes what was there already, waits; one that counts does not:
 * see spin_counts.c.
 *
 * Options: --strategy dpor
 * Verdict: verified
 * Watch: seen
 * Outcome: exit 0 seen=1
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int done;
static atomic_int seen;

static void *work(void *unused)
{
	(void)atomic_load(&seen);
	atomic_store(&done, 1);
	return unused;
}

int main(void)
{
	pthread_t thread;

	atomic_store(&seen, 1);
	pthread_create(&thread, NULL, work, NULL);
	while (!atomic_load(&done))
		atomic_store(&seen, 1);
	pthread_join(thread, NULL);
	return 0;
}
