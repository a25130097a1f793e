/*
 * Handlers, the last one first, then destructors of thread-specific data; the
 * one that was taken away is not called. A destructor may wait: nothing is
 * acted upon any more.
 *
 * Verdict: verified
 * Outcome: exit 0 "2 1 k"
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_key_t key;
static sem_t semaphore;

static void say(void *text)
{
	fputs(text, stdout);
}

static void destroy(void *text)
{
	sem_post(&semaphore);
	sem_wait(&semaphore);
	pthread_testcancel();
	fputs(text, stdout);
}

static void nested(void)
{
	pthread_cleanup_push(say, "2 ");
	pthread_cleanup_push(say, "3 ");
	pthread_cleanup_pop(0);
	pthread_cancel(pthread_self());
	pthread_testcancel();
	pthread_cleanup_pop(1);
}

static void *work(void *unused)
{
	pthread_setspecific(key, "k");
	pthread_cleanup_push(say, "1 ");
	nested();
	pthread_cleanup_pop(1);
	return unused;
}

int main(void)
{
	pthread_t thread;
	void *value;

	sem_init(&semaphore, 0, 0);
	pthread_key_create(&key, destroy);
	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, &value);
	return value != PTHREAD_CANCELED;
}
