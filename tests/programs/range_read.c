/*
 * The sources of copies and comparisons are read, to their last byte.
 *
 * Verdict: findings
 * Finding: data-race in=reader,writer at=copy,here
 * Finding: data-race in=reader,writer at=here,length
 */
#include <pthread.h>
#include <string.h>

static char text[8] = "abcdefg";
static int seen;

static void *writer(void *unused)
{
	text[6] = 'x'; /* here */
	return unused;
}

static void *reader(void *unused)
{
	char copy[8];

	memcpy(copy, text, 8); /* copy */
	seen = copy[6];
	seen += strlen(text) == 7;	 /* length */
	seen += strcmp(text, "abc") > 0; /* compare */
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
