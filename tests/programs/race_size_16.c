/*
 * A plain store of 16 bits that another thread reads: no byte is missed, and
 * no more than one operation.
 *
 * Watch: seen
 * Verdict: findings
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=65535
 * Finding: data-race variable=x in=reader,writer at=here,there
 * Executions: 2
 */
#include <pthread.h>
#include <stdint.h>

static uint16_t x;
static uint16_t seen;

static void *writer(void *unused)
{
	x = (uint16_t)-1; /* here */
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
