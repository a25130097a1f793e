/*
 * Two threads wait for a flag on a condition variable, with a deadline that has
 * passed: they poll. The flag may be set without a word; a signal may find one
 * of them waiting; and one may be cancelled as it waits.
 *
 * Options: --strategy dpor
 * Case: silent
 * Verdict: verified
 * Outcome: exit 0 "0"
 * Case: signal
 * Verdict: verified
 * Outcome: exit 0 "0"
 * Outcome: exit 0 "1"
 * Case: cancel
 * Verdict: verified
 * Outcome: exit 0 "0"
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;
static bool signalled;

static void unlock(void *unused)
{
	(void)unused;
	pthread_mutex_unlock(&lock);
}

static void *await_done(void *unused)
{
	const struct timespec passed = {.tv_sec = 1};

	pthread_mutex_lock(&lock);
	pthread_cleanup_push(unlock, NULL);
	while (!done)
		if (pthread_cond_timedwait(&changed, &lock, &passed) == 0)
			signalled = true;
	pthread_cleanup_pop(1);
	return unused;
}

static void set_done(void)
{
	pthread_mutex_lock(&lock);
	done = true;
	pthread_mutex_unlock(&lock);
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "silent";
	pthread_t threads[2];
	void *value = NULL;

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, await_done, NULL);
	if (strcmp(way, "cancel") == 0) {
		pthread_cancel(threads[0]);
		pthread_join(threads[0], &value);
	}
	set_done();
	if (strcmp(way, "signal") == 0)
		pthread_cond_signal(&changed);
	if (strcmp(way, "cancel") != 0)
		pthread_join(threads[0], &value);
	pthread_join(threads[1], NULL);
	printf("%d", signalled);
	return strcmp(way, "cancel") == 0 && value != PTHREAD_CANCELED;
}
