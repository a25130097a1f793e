/*
 * main joins one thread and returns while the other is still on its way: a
 * thread that ends lets main go on silently, in the middle of the others.
 *
 * Watch: y
 * Verdict: verified
 * Outcome: exit 0 y=0
 * Outcome: exit 0 y=1
 * Executions: 3
 */
#include <pthread.h>

static int y;

static void *load(void *unused)
{
	return __atomic_load_n(&y, __ATOMIC_SEQ_CST) ? unused : NULL;
}

static void *store(void *unused)
{
	__atomic_store_n(&y, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, load, NULL);
	pthread_create(&second, NULL, store, NULL);
	pthread_join(first, NULL);
	return 0;
}
