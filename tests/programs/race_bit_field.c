/*
 * Neighbouring bits share a byte: a store to one is a race with the other.
 *
 * Verdict: findings
 * Finding: data-race in=one,two at=here,there
 */
#include <pthread.h>

static struct {
	unsigned left : 4;
	unsigned right : 4;
} bits;

static void *one(void *unused)
{
	bits.left = 1; /* here */
	return unused;
}

static void *two(void *unused)
{
	bits.right = 2; /* there */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
