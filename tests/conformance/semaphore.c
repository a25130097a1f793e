/*
 * Unnamed semaphores: values, limits, and what there is to fail.
 */
#include "check.h"

#include <limits.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t semaphore;

static int value(void)
{
	int result = -1;

	sem_getvalue(&semaphore, &result);
	return result;
}

static void counting(void)
{
	CHECK_ERRNO(sem_init(&semaphore, 0, 2));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_wait(&semaphore));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_trywait(&semaphore));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_trywait(&semaphore));
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_destroy(&semaphore));
}

static void limits(void)
{
	CHECK_ERRNO(sem_init(&semaphore, 0, SEM_VALUE_MAX));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_wait(&semaphore));
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_destroy(&semaphore));
	CHECK_ERRNO(sem_init(&semaphore, 0, (unsigned)SEM_VALUE_MAX + 1));
	CHECK_ERRNO(sem_init(&semaphore, 0, UINT_MAX));
	CHECK_ERRNO(sem_init(&semaphore, 1, 1));
	CHECK_ERRNO(sem_wait(&semaphore));
	CHECK_ERRNO(sem_destroy(&semaphore));
}

static void *post_twice(void *unused)
{
	CHECK_ERRNO(sem_post(&semaphore));
	CHECK_ERRNO(sem_post(&semaphore));
	return unused;
}

static void from_another_thread(void)
{
	pthread_t thread;

	CHECK_ERRNO(sem_init(&semaphore, 0, 0));
	CHECK_ERRNO(sem_trywait(&semaphore));
	pthread_create(&thread, NULL, post_twice, NULL);
	pthread_join(thread, NULL);
	CHECK_VALUE(value());
	CHECK_ERRNO(sem_wait(&semaphore));
	CHECK_ERRNO(sem_wait(&semaphore));
	CHECK_ERRNO(sem_trywait(&semaphore));
	CHECK_ERRNO(sem_destroy(&semaphore));
}

int main(void)
{
	counting();
	limits();
	from_another_thread();
	return 0;
}
