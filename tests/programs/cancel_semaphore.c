/*
 * Cancelled and given what it waits for, at about the same time: the thread
 * takes it, and ends by itself; or does not, and it is left for others. Once
 * it has been cancelled for sure, it takes nothing.
 *
 * Watch: taken
 * Verdict: verified
 *
 * Case: before
 * Outcome: exit 1 taken=0
 *
 * Case: beside
 * Outcome: exit 0 taken=1
 * Outcome: exit 1 taken=0
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

static sem_t begin;
static sem_t semaphore;
static int taken;

static void *take(void *unused)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	sem_wait(&begin);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	sem_wait(&semaphore);
	taken = 1;
	return unused;
}

int main(int argc, char **argv)
{
	const int before = argc > 1 && strcmp(argv[1], "before") == 0;
	pthread_t thread;
	void *value;
	int left;

	sem_init(&begin, 0, !before);
	sem_init(&semaphore, 0, 0);
	pthread_create(&thread, NULL, take, NULL);
	pthread_cancel(thread);
	sem_post(&semaphore);
	if (before)
		sem_post(&begin);
	pthread_join(thread, &value);
	sem_getvalue(&semaphore, &left);
	if (left + taken != 1)
		abort();
	return value == PTHREAD_CANCELED;
}
