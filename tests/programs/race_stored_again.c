/*
 * A relaxed store puts into a flag what is there already. Whoever reads it then
 * has not read the store before, which released: the accesses race, and are
 * never about to be made at the same moment. No state tells that the flag was
 * stored again.
 *
 * Options: --strategy states
 * Verdict: incomplete
 * Incomplete: races-not-decided
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;
static int data;

static void *give(void *unused)
{
	data = 1;
	atomic_store_explicit(&flag, 1, memory_order_release);
	return unused;
}

static void *repeat(void *unused)
{
	if (atomic_load(&flag))
		for (;;)
			atomic_store_explicit(&flag, 1, memory_order_relaxed);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, give, NULL);
	pthread_create(&threads[1], NULL, repeat, NULL);
	if (atomic_load(&flag))
		data = 2;
	return 0;
}
