/*
 * A block is freed by a thread that has seen that nobody needs it any more;
 * the one that has said so is about to unlock the mutex in it. It is seen by a
 * flag in the block, or elsewhere, where nothing in the block but the mutex is
 * shared. Whoever waits for the end of the other thread may free it.
 *
 * Case: flag
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-free in=work
 * Case: semaphore
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-free in=work
 * Case: end
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct shared {
	pthread_mutex_t mutex;
	atomic_int users;
};

static const char *way;
static sem_t left;

static int is_way(const char *name)
{
	return strcmp(way, name) == 0;
}

static void *work(void *shared)
{
	struct shared *mine = shared;

	pthread_mutex_lock(&mine->mutex);
	if (is_way("flag"))
		mine->users--;
	else
		sem_post(&left);
	pthread_mutex_unlock(&mine->mutex);
	return NULL;
}

int main(int argc, char **argv)
{
	struct shared *shared = malloc(sizeof(*shared));
	pthread_t thread;

	way = argc > 1 ? argv[1] : "flag";
	sem_init(&left, 0, 0);
	pthread_mutex_init(&shared->mutex, NULL);
	shared->users = 1;
	pthread_create(&thread, NULL, work, shared);
	while (is_way("flag") && shared->users > 0)
		;
	if (!is_way("flag"))
		sem_wait(&left);
	if (is_way("end"))
		pthread_join(thread, NULL);
	free(shared);
	if (!is_way("end"))
		pthread_join(thread, NULL);
	return 0;
}
