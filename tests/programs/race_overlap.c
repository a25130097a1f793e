/*
 * A store of one byte races with a load of the word around it.
 *
 * Watch: seen
 * Verdict: findings
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=65536
 * Finding: data-race in=reader,writer at=here,there
 * Executions: 2
 */
#include <pthread.h>
#include <stdint.h>

static union {
	uint32_t word;
	uint8_t bytes[4];
} both;
static uint32_t seen;

static void *writer(void *unused)
{
	both.bytes[2] = 1; /* here */
	return unused;
}

static void *reader(void *unused)
{
	seen = both.word; /* there */
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
