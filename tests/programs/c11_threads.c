/*
 * C11's threads.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=-5
 */
#include <assert.h>
#include <stdatomic.h>
#include <threads.h>
#include <time.h>

static atomic_int sum;
static int seen;

static int work(void *number)
{
	thrd_yield();
	sum += *(int *)number;
	if (*(int *)number == -7)
		thrd_exit(-7);
	return *(int *)number;
}

static int set(void *unused)
{
	(void)unused;
	seen = 1;
	return 0;
}

int main(void)
{
	static int numbers[2] = {2, -7};
	thrd_t threads[2];
	int value;

	for (int i = 0; i < 2; i++)
		assert(thrd_create(&threads[i], work, &numbers[i]) ==
		       thrd_success);
	for (int i = 0; i < 2; i++) {
		assert(thrd_join(threads[i], &value) == thrd_success);
		assert(value == numbers[i]);
	}
	assert(thrd_equal(thrd_current(), thrd_current()));
	assert(!thrd_equal(thrd_current(), threads[0]));
	assert(thrd_sleep(&(struct timespec){.tv_nsec = 5}, NULL) == 0);
	assert(thrd_sleep(&(struct timespec){.tv_nsec = -5}, NULL) == -2);
	assert(thrd_create(&threads[0], set, NULL) == thrd_success);
	assert(thrd_detach(threads[0]) == thrd_success);
	return 0;
}
