/*
 * Who waits for a job to be done takes the semaphore with it, and who has done
 * it still looks at the job.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-return in=work at=use variable=job.again
 */
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

struct job {
	sem_t done;
	int value;
	int again;
};

static void *work(void *argument)
{
	struct job *job = argument;

	job->value = 42;
	sem_post(&job->done);
	if (job->again) /* use */
		return argument;
	return NULL;
}

static int order(pthread_t *thread)
{
	struct job job = {.value = 0, .again = 0};

	sem_init(&job.done, 0, 0);
	pthread_create(thread, NULL, work, &job);
	sem_wait(&job.done);
	return job.value;
}

int main(void)
{
	pthread_t thread;
	int value = order(&thread);

	pthread_join(thread, NULL);
	return value != 42;
}
