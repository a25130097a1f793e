/*
 * Two atomic accesses never race, however they meet.
 *
 * Watch: seen
 * Verdict: verified
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=1
 * Executions: 2
 */
#include <pthread.h>

static int x;
static int seen;

static void *writer(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_RELAXED);
	return unused;
}

static void *reader(void *unused)
{
	seen = __atomic_load_n(&x, __ATOMIC_RELAXED);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, writer, NULL);
	pthread_create(&second, NULL, reader, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
