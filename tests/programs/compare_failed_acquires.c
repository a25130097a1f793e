/*
 * A compare-exchange that fails is a load, and has the order given for that: it
 * acquires what it finds, though it would order nothing if it succeeded.
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
	atomic_store(&flag, 1);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int expected = 2;

	pthread_create(&thread, NULL, give, NULL);
	if (!atomic_compare_exchange_strong_explicit(&flag, &expected, 3,
						     memory_order_relaxed,
						     memory_order_acquire) &&
	    expected == 1)
		data = 2;
	pthread_join(thread, NULL);
	return 0;
}
