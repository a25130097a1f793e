/*
 * A thread pool that is shut down: the shutdown wakes all who wait, and a
 * worker ends where there is nothing left to do, not as soon as it is told to.
 *
 * Watch: done
 * Options: --strategy dpor
 * Verdict: verified
 * Outcome: exit 0 done=2 "2 tasks done\n"
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#define WORKERS 2
#define TASKS	2

int done;
static int waiting; /* tasks */
static bool shutting_down;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

/* False where there is nothing more to do. */
static bool take(void)
{
	bool taken = false;

	pthread_mutex_lock(&lock);
	while (waiting == 0 && !shutting_down)
		pthread_cond_wait(&changed, &lock);
	if (waiting > 0) {
		waiting--;
		done++;
		taken = true;
	}
	pthread_mutex_unlock(&lock);
	return taken;
}

static void *work(void *unused)
{
	while (take())
		;
	return unused;
}

static void submit(void)
{
	pthread_mutex_lock(&lock);
	waiting++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
}

static void shut_down(void)
{
	pthread_mutex_lock(&lock);
	shutting_down = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

int main(void)
{
	pthread_t worker[WORKERS];

	for (int i = 0; i < WORKERS; i++)
		pthread_create(&worker[i], NULL, work, NULL);
	for (int i = 0; i < TASKS; i++)
		submit();
	shut_down();
	for (int i = 0; i < WORKERS; i++)
		pthread_join(worker[i], NULL);
	printf("%d tasks done\n", done);
	return 0;
}
