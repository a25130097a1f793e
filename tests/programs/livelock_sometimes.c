/*
 * A flag that is set before somebody clears it: then the thread spins for ever.
 * In the other order it goes on.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: livelock x=0
 * Finding: livelock
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;
static int x;

static void *spin(void *unused)
{
	atomic_store(&flag, 0);
	while (!atomic_load(&flag))
		;
	x = 1;
	return unused;
}

static void *set(void *unused)
{
	atomic_store(&flag, 1);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, spin, NULL);
	pthread_create(&second, NULL, set, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
