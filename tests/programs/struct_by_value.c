/*
 * A struct that is passed by value is read where nobody sees it: so it is said,
 * lest "verified" be taken for more than it is.
 *
 * Verdict: verified
 * Outcome: exit 0
 * Warning: take() struct_by_value.c:19 takes or returns a struct by value
 */
#include <pthread.h>

struct pair {
	long a;
	long b;
};

static struct pair pair;

static long take(struct pair given)
{
	return given.a;
}

static void *body(void *unused)
{
	take(pair);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	return 0;
}
