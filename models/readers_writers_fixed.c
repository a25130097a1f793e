/*
 * Readers and writers (Courtois, Heymans and Parnas, 1971). Readers may be in
 * together; the first one in shuts the writer out, the last one out lets it in
 * again. Who is first and who is last is told by a count, which a lock
 * protects. The lock is held while the first one waits for the writer, so that
 * further readers wait behind it.
 *
 * Watch: readers
 * Verdict: verified
 * Outcome: exit 0 readers=0 "both read the same\n"
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

int readers;
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static sem_t room_empty;
static int left;
static int right;

static void enter(void)
{
	pthread_mutex_lock(&counting);
	readers += 1;
	if (readers == 1)
		sem_wait(&room_empty);
	pthread_mutex_unlock(&counting);
}

static void leave(void)
{
	pthread_mutex_lock(&counting);
	readers -= 1;
	if (readers == 0)
		sem_post(&room_empty);
	pthread_mutex_unlock(&counting);
}

static void *read_both(void *unused)
{
	enter();
	assert(left == right);
	leave();
	return unused;
}

static void *write_both(void *unused)
{
	sem_wait(&room_empty);
	left += 1;
	right += 1;
	sem_post(&room_empty);
	return unused;
}

int main(void)
{
	pthread_t reader[2];
	pthread_t writer;

	sem_init(&room_empty, 0, 1);
	pthread_create(&reader[0], NULL, read_both, NULL);
	pthread_create(&reader[1], NULL, read_both, NULL);
	pthread_create(&writer, NULL, write_both, NULL);
	pthread_join(reader[0], NULL);
	pthread_join(reader[1], NULL);
	pthread_join(writer, NULL);
	printf("both read the same\n");
	return 0;
}
