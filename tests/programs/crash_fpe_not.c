/*
 * The divisor is looked at first.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=5
 * Outcome: exit 0 x=0
 */
#include <pthread.h>

static int divisor;
static int x;

static void *set(void *unused)
{
	__atomic_store_n(&divisor, 2, __ATOMIC_SEQ_CST);
	return unused;
}

static void *divide(void *unused)
{
	int local = __atomic_load_n(&divisor, __ATOMIC_SEQ_CST);

	if (local == 0)
		return unused;
	x = 10 / local; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, set, NULL);
	pthread_create(&second, NULL, divide, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
