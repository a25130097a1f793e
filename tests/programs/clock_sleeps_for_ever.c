/*
 * Who beats time for ever has slept ever longer; but as nobody asks what time
 * it is, there are as many states as if it did not sleep.
 *
 * Options: --strategy states
 * Watch: seen
 * Verdict: verified
 * Outcome: exit 0 seen=0
 * Outcome: exit 0 seen=1
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static atomic_int beat;
static int seen;

static void *beat_time(void *unused)
{
	for (;;) {
		atomic_store(&beat, 1);
		usleep(100);
		atomic_store(&beat, 0);
		nanosleep(&(struct timespec){1, 0}, NULL);
	}
	return unused;
}

int main(void)
{
	pthread_t thread;

	/* The same every time, as nobody else is there yet. */
	srandom((unsigned)time(NULL));
	pthread_create(&thread, NULL, beat_time, NULL);
	seen = atomic_load(&beat);
	return 0;
}
