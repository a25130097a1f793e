/*
 * Locks made of a compare-exchange and of a test-and-set: whoever waits sleeps,
 * and both keep the increments apart.
 *
 * Verdict: verified
 * Watch: x
 * Outcome: exit 0 x=2
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int lock;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static int x;

static void *increment(void *unused)
{
	int expected = 0;

	while (!atomic_compare_exchange_strong(&lock, &expected, 1))
		expected = 0;
	while (atomic_flag_test_and_set(&flag))
		;
	x++;
	atomic_flag_clear(&flag);
	atomic_store(&lock, 0);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, increment, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
