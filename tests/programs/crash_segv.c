/*
 * A pointer is followed before it was set, in one of the orders.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=5
 * Outcome: crash 11 x=0
 * Finding: crash in=follow at=here
 */
#include <pthread.h>

static int object = 5;
static int *pointer;
static int x;

static void *publish(void *unused)
{
	__atomic_store_n(&pointer, &object, __ATOMIC_SEQ_CST);
	return unused;
}

static void *follow(void *unused)
{
	int *local = __atomic_load_n(&pointer, __ATOMIC_SEQ_CST);

	x = *local; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, publish, NULL);
	pthread_create(&second, NULL, follow, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
