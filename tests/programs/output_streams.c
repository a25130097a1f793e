/*
 * Standard output and standard error are different descriptors, yet their
 * order is part of an outcome.
 *
 * Verdict: verified
 * Outcome: exit 0 "one two "
 * Outcome: exit 0 "two one "
 */
#include <pthread.h>
#include <unistd.h>

static void *one(void *unused)
{
	write(1, "one ", 4);
	return unused;
}

static void *two(void *unused)
{
	write(2, "two ", 4);
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
