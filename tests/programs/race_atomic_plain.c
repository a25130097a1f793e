/*
 * A plain read of what another thread writes atomically.
 *
 * Watch: seen
 * Verdict: findings
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=1
 * Finding: data-race variable=x in=reader,writer at=here,there
 * Executions: 2
 */
#include <pthread.h>

static int x;
static int seen;

static void *writer(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_RELEASE); /* here */
	return unused;
}

static void *reader(void *unused)
{
	seen = x; /* there */
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
