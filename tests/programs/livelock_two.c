/*
 * Each thread spins until the other lets it go on, for ever: both wait before
 * they would.
 *
 * Verdict: findings
 * Outcome: livelock
 * Finding: livelock
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int go_on[2] = {0, 0};

static void *wait_first(void *unused)
{
	while (!atomic_load(&go_on[0]))
		;
	atomic_store(&go_on[1], 1);
	return unused;
}

static void *wait_second(void *unused)
{
	while (!atomic_load(&go_on[1]))
		;
	atomic_store(&go_on[0], 1);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, wait_first, NULL);
	pthread_create(&second, NULL, wait_second, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
