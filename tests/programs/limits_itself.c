/*
 * A thread leaves the process with no memory and no descriptors to be had: the
 * search would have to live within these limits, so they are not set.
 *
 * Watch: x
 * Verdict: incomplete
 * Outcome: exit 0 x=2
 * Incomplete: uncontrolled-call
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

static int x;

static void *increment(void *unused)
{
	const struct rlimit none = {0, 0};

	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	setrlimit(RLIMIT_AS, &none);
	setrlimit(RLIMIT_NOFILE, &none);
	free(malloc(1 << 20));
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, increment, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
