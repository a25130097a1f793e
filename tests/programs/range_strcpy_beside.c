/*
 * strcpy() writes nothing beside its range.
 *
 * Watch: seen
 * Verdict: verified
 * Outcome: exit 0 seen=0
 * Executions: 1
 */
#include <pthread.h>
#include <string.h>

static char text[16];
static int seen;

static void *writer(void *unused)
{
	strcpy(text + 4, "abc"); /* here */
	return unused;
}

static void *reader(void *unused)
{
	seen = text[8]; /* there */
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
