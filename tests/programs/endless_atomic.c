/*
 * A thread changes an atomic variable for ever, and does nothing else; another
 * one looks at it late. Until that is known the loop is private.
 *
 * Options: --strategy states
 * Watch: seen
 * Verdict: verified
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=1
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;
static atomic_int turn;
static int seen;

static void *blink(void *unused)
{
	for (;;)
		atomic_fetch_xor(&flag, 1);
	return unused;
}

static void *look(void *unused)
{
	if (atomic_load(&turn) == 2)
		seen = atomic_load(&flag);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, blink, NULL);
	pthread_create(&threads[1], NULL, look, NULL);
	atomic_store(&turn, 1);
	atomic_store(&turn, 2);
	pthread_join(threads[1], NULL);
	return 0;
}
