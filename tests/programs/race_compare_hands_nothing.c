/*
 * A compare-exchange that fails stores nothing, so whoever reads there learns
 * nothing of what was done before: also while others are about to lock.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race variable=data operations=write,write at=first,second
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int number;
static atomic_int tried;
static int data;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *give(void *unused)
{
	int expected = 7;

	data = 1; /* first */
	atomic_compare_exchange_strong(&number, &expected, 8);
	atomic_store_explicit(&tried, 1, memory_order_relaxed);
	return unused;
}

static void *take(void *unused)
{
	if (atomic_load_explicit(&tried, memory_order_relaxed) &&
	    atomic_load(&number) == 0)
		data = 2; /* second */
	return unused;
}

static void *hold(void *unused)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	return unused;
}

int main(void)
{
	void *(*const work[])(void *) = {give, take, hold, hold};
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, work[i], NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
