/*
 * A relaxed flag between two fences hands x over.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Flags: -Wno-tsan
 */
#include <pthread.h>
#include <stdatomic.h>

static int x;
static atomic_int flag;

static void *send(void *unused)
{
	x = 1;
	atomic_thread_fence(memory_order_release);
	atomic_store_explicit(&flag, 1, memory_order_relaxed);
	return unused;
}

static void *receive(void *unused)
{
	if (atomic_load_explicit(&flag, memory_order_relaxed)) {
		atomic_thread_fence(memory_order_acquire);
		x = 2;
	}
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, send, NULL);
	pthread_create(&second, NULL, receive, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
