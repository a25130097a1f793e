/*
 * Each thread has its own copy of a thread-local variable, at an address of
 * its own.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 * Executions: 2
 */
#include <pthread.h>

static __thread int mine = 5;
static int *places[2];
static int wrong;

static void *work(void *slot)
{
	if (mine != 5)
		__atomic_fetch_add(&wrong, 1, __ATOMIC_SEQ_CST);
	mine = 6;
	*(int **)slot = &mine;
	__atomic_fetch_add(&wrong, 0, __ATOMIC_SEQ_CST);
	if (mine != 6)
		__atomic_fetch_add(&wrong, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	mine = 7;
	pthread_create(&first, NULL, work, &places[0]);
	pthread_create(&second, NULL, work, &places[1]);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	if (places[0] == places[1] || places[0] == &mine || mine != 7)
		wrong += 10;
	return 0;
}
