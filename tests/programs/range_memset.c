/*
 * memset() writes its whole range at once.
 *
 * Watch: seen
 * Verdict: findings
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=7
 * Finding: data-race in=reader,writer at=here,there
 * Executions: 2
 */
#include <pthread.h>
#include <string.h>

static char text[16];
static int seen;

static void *writer(void *unused)
{
	memset(text + 4, 7, 4); /* here */
	return unused;
}

static void *reader(void *unused)
{
	seen = text[4]; /* there */
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
