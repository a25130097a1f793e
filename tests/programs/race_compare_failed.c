/*
 * A compare-exchange that fails is a load, and has the order given for that:
 * relaxed, it learns that the value is there, and not what was done before.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race variable=data operations=write,write at=first,second
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;
static int data;

static void *give(void *unused)
{
	data = 1; /* first */
	atomic_store(&flag, 1);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int expected = 2;

	pthread_create(&thread, NULL, give, NULL);
	if (!atomic_compare_exchange_strong_explicit(&flag, &expected, 3,
						     memory_order_seq_cst,
						     memory_order_relaxed) &&
	    expected == 1)
		data = 2; /* second */
	pthread_join(thread, NULL);
	return 0;
}
