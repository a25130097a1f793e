/*
 * One thread writes a global that another reads.
 *
 * Watch: x seen
 * Verdict: findings
 * Outcome: exit 0 seen=0 x=1
 * Outcome: exit 0 seen=1 x=1
 * Finding: data-race variable=x operations=read,write in=reader,writer
 *     at=here,there
 * Executions: 2
 */
#include <pthread.h>

static int x;
static int seen;

static void *writer(void *unused)
{
	x = 1; /* here */
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
