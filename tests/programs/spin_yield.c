/*
 * The same with atomic accesses, and a loop that yields: nothing is wrong.
 *
 * Verdict: verified
 * Watch: x
 * Outcome: exit 0 x=1
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int flag;
static int x;

static void *spin(void *unused)
{
	while (!atomic_load(&flag))
		sched_yield();
	x++;
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
