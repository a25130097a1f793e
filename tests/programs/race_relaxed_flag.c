/*
 * A relaxed flag keeps two accesses apart, and orders nothing: they are never
 * about to be made at the same moment, and race all the same.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race variable=data operations=write,read at=write,read
 */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int flag;
static int data;

static void *give(void *unused)
{
	data = 1; /* write */
	atomic_store_explicit(&flag, 1, memory_order_relaxed);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int seen = 1;

	pthread_create(&thread, NULL, give, NULL);
	if (atomic_load_explicit(&flag, memory_order_relaxed))
		seen = data; /* read */
	pthread_join(thread, NULL);
	return seen != 1;
}
