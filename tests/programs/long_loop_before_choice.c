/*
 * Two threads, one of which is busy for so long with what is its own that it
 * gives way: as often in every run of a schedule, whatever was known before of
 * what it touches.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 */
#include <explorer.h>
#include <pthread.h>

#define ROUNDS 1300000
#define TABLE  1024

static int x;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long table[TABLE];

static void *work(void *unused)
{
	for (long i = 0; i < ROUNDS; i++)
		table[i & (TABLE - 1)] += i;
	if (explorer_choose(2) == 1) {
		pthread_mutex_lock(&mutex);
		x++;
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_mutex_lock(&mutex);
	x *= 2;
	pthread_mutex_unlock(&mutex);
	pthread_join(thread, NULL);
	return 0;
}
