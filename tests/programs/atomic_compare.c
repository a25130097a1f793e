/*
 * Of two threads that compare and exchange, exactly one wins.
 *
 * Watch: winners
 * Verdict: verified
 * Outcome: exit 0 winners=1
 */
#include <pthread.h>

static int x;
static int winners;

static void *try(void *unused)
{
	int expected = 0;

	if (__atomic_compare_exchange_n(&x, &expected, 1, 0, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST))
		__atomic_fetch_add(&winners, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, try, NULL);
	pthread_create(&second, NULL, try, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
