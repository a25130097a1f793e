/*
 * One thread writes after it has learned that another one has written, and
 * nothing orders the two: that the accesses are never pending at a time does
 * not mean that there is no race.
 *
 * Options: --strategy dpor
 * Verdict: findings
 * Finding: data-race variable=x operations=write,write
 * Case: cancel
 * Case: name
 * Case: key
 * Case: semaphore
 * Case: random
 * Case: kill
 * Case: lock
 * Case: signal
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *how = "cancel";
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_key_t key;
static int waits;
static int second;
static int x;

static int is(const char *word)
{
	return strcmp(how, word) == 0;
}

static void write_last(void *unused)
{
	(void)unused;
	x = 2;
}

static void *wait_for_ever(void *unused)
{
	pthread_cleanup_push(write_last, NULL);
	for (;;)
		pthread_testcancel();
	pthread_cleanup_pop(0);
	return unused;
}

static void *wait_for_signal(void *unused)
{
	pthread_mutex_lock(&mutex);
	waits = 1;
	pthread_cond_wait(&condition, &mutex);
	pthread_mutex_unlock(&mutex);
	x = 2;
	return unused;
}

static void write_and_signal(void)
{
	int is_waiting;

	do {
		pthread_mutex_lock(&mutex);
		is_waiting = waits;
		pthread_mutex_unlock(&mutex);
	} while (!is_waiting);
	x = 1;
	pthread_cond_signal(&condition);
}

static void *write_and_tell(void *unused)
{
	x = 1;
	if (is("name"))
		pthread_setname_np(pthread_self(), "told");
	else if (is("key"))
		pthread_key_delete(key);
	else if (is("semaphore"))
		sem_open("/told", O_CREAT, 0600, 0);
	else if (is("random"))
		rand();
	else if (is("lock"))
		pthread_mutex_lock(&mutex);
	if (is("lock"))
		pthread_mutex_unlock(&mutex);
	return unused;
}

static int lock_in_vain(void)
{
	const struct timespec soon = {.tv_sec = (time_t)1 << 32};

	if (pthread_mutex_timedlock(&mutex, &soon) != 0)
		return 1;
	pthread_mutex_unlock(&mutex);
	return 0;
}

static int is_told(pthread_t thread)
{
	char name[16];

	if (is("name")) {
		pthread_getname_np(thread, name, sizeof(name));
		return strcmp(name, "told") == 0;
	}
	if (is("key"))
		return pthread_setspecific(key, &x) != 0;
	if (is("semaphore"))
		return sem_open("/told", 0) != SEM_FAILED;
	if (is("random"))
		return rand() == second;
	if (is("kill"))
		return pthread_kill(thread, 0) != 0;
	return lock_in_vain();
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		how = argv[1];
	pthread_key_create(&key, NULL);
	rand();
	second = rand();
	srand(1);
	pthread_create(&thread, NULL,
		       is("cancel")   ? wait_for_ever
		       : is("signal") ? wait_for_signal
				      : write_and_tell,
		       NULL);
	if (is("cancel")) {
		x = 1;
		pthread_cancel(thread);
	} else if (is("signal")) {
		write_and_signal();
	} else {
		if (is("kill"))
			pthread_detach(thread);
		if (is_told(thread))
			x = 2;
	}
	if (!is("kill"))
		pthread_join(thread, NULL);
	return 0;
}
