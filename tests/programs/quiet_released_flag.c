/*
 * A flag that is released and acquired keeps two accesses apart, and orders
 * them.
 *
 * Verdict: verified
 * Outcomes: 1
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

int main(void)
{
	pthread_t thread;
	int seen = 1;

	pthread_create(&thread, NULL, give, NULL);
	if (atomic_load_explicit(&flag, memory_order_acquire))
		seen = data;
	pthread_join(thread, NULL);
	return seen != 1;
}
