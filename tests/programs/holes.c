/*
 * Bytes of a frame that nobody writes hold what functions left there that have
 * returned. Here they lie where Explorer's own did, in a part of the stack that
 * is live again: what is in there is to depend on where the two threads are,
 * not on how they got there. And main, which has joined them, ends without a
 * word.
 *
 * Options: --strategy states
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdatomic.h>

#define ROUNDS 2

static atomic_int first;
static atomic_int second;

static void add(void)
{
	volatile char hole[3500];

	/* No write, but it is not to be left out. */
	__asm__ volatile("" : : "r"(hole));
	atomic_fetch_add(&second, 1);
}

/* Four operations on what no other thread knows. */
static void use_lock(void)
{
	pthread_mutex_t lock;

	pthread_mutex_init(&lock, NULL);
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	pthread_mutex_destroy(&lock);
}

static void *work(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		atomic_fetch_add(&first, 1);
		add();
		use_lock();
		add();
	}
	return unused;
}

int main(void)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
