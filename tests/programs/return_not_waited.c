/*
 * Functions that wait until nobody uses their local variables any more: by a
 * semaphore, by a condition, by a flag, which are local variables, too.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

struct job {
	pthread_mutex_t lock;
	pthread_cond_t ready;
	sem_t done;
	atomic_int flag;
	int finished;
	int value;
};

static void *post(void *argument)
{
	struct job *job = argument;

	job->value++;
	sem_post(&job->done);
	return NULL;
}

static void *signal_it(void *argument)
{
	struct job *job = argument;

	pthread_mutex_lock(&job->lock);
	job->finished = 1;
	pthread_cond_signal(&job->ready);
	pthread_mutex_unlock(&job->lock);
	return NULL;
}

static void *raise_flag(void *argument)
{
	struct job *job = argument;

	job->value++;
	job->flag = 1;
	return NULL;
}

static int wait_for_post(pthread_t *thread)
{
	struct job job = {.value = 0};

	sem_init(&job.done, 0, 0);
	pthread_create(thread, NULL, post, &job);
	sem_wait(&job.done);
	return job.value;
}

static int wait_for_signal(pthread_t *thread)
{
	struct job job = {.lock = PTHREAD_MUTEX_INITIALIZER,
			  .ready = PTHREAD_COND_INITIALIZER};

	pthread_create(thread, NULL, signal_it, &job);
	pthread_mutex_lock(&job.lock);
	while (!job.finished)
		pthread_cond_wait(&job.ready, &job.lock);
	pthread_mutex_unlock(&job.lock);
	return job.finished;
}

static int wait_for_flag(pthread_t *thread)
{
	struct job job = {.value = 0};

	pthread_create(thread, NULL, raise_flag, &job);
	while (!job.flag)
		;
	return job.value;
}

int main(void)
{
	pthread_t threads[3];
	int sum = wait_for_post(&threads[0]);

	pthread_join(threads[0], NULL);
	sum += wait_for_signal(&threads[1]);
	pthread_join(threads[1], NULL);
	sum += wait_for_flag(&threads[2]);
	pthread_join(threads[2], NULL);
	return sum != 3;
}
