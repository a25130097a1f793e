/*
 * A thread stores for ever, and between two stores sleeps: it comes back to
 * where it was. What it did before it began is not to be seen in what Explorer
 * leaves unwritten of its own frames while the thread waits.
 *
 * Options: --strategy states
 * Watch: x
 * Verdict: findings
 * Outcome: livelock x=1
 * Outcome: livelock x=2
 * Finding: data-race variable=x in=store,add
 * Finding: livelock
 */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

int x;
static atomic_int a;

static void *store(void *unused)
{
	x = 1;
	for (;;) {
		atomic_store(&a, 1);
		atomic_store(&a, 0);
		usleep(5);
	}
	return unused;
}

static void *add(void *unused)
{
	atomic_fetch_add(&a, 1);
	x = 2;
	return unused;
}

int main(void)
{
	pthread_t one;
	pthread_t other;

	pthread_create(&one, NULL, store, NULL);
	pthread_create(&other, NULL, add, NULL);
	pthread_join(other, NULL);
	pthread_join(one, NULL);
	return 0;
}
