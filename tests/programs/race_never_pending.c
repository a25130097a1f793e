/*
 * A sequence of relaxed updates breaks no release sequence, a relaxed store
 * does: the second reader sees the flag by a store that publishes nothing.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race variable=stored at=write-stored,read-stored
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int added_to;
static atomic_int stored_to;
static int added;
static int stored;

static void *give(void *unused)
{
	added = 1;
	atomic_store_explicit(&added_to, 1, memory_order_release);
	atomic_fetch_add_explicit(&added_to, 1, memory_order_relaxed);
	stored = 1; /* write-stored */
	atomic_store_explicit(&stored_to, 1, memory_order_release);
	atomic_store_explicit(&stored_to, 2, memory_order_relaxed);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int seen = 2;

	pthread_create(&thread, NULL, give, NULL);
	if (atomic_load_explicit(&added_to, memory_order_acquire) == 2)
		seen -= added;
	if (atomic_load_explicit(&stored_to, memory_order_acquire) == 2)
		seen -= stored; /* read-stored */
	pthread_join(thread, NULL);
	return seen > 2;
}
