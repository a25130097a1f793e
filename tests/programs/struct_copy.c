/*
 * Copying a struct is one operation: nobody sees half of it.
 *
 * Watch: torn
 * Verdict: findings
 * Outcome: exit 0 torn=0
 * Finding: data-race variable=shared in=reader,writer at=here,there
 */
#include <pthread.h>

struct wide {
	long first;
	long second;
	long third;
	long fourth;
};

static struct wide shared;
static int torn;

static void *writer(void *unused)
{
	struct wide ones = {1, 1, 1, 1};

	shared = ones; /* here */
	return unused;
}

static void *reader(void *unused)
{
	struct wide copy;

	copy = shared; /* there */
	if (copy.first != copy.fourth || copy.first != copy.second)
		torn = 1;
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
