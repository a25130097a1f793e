/*
 * Readers and writers (Courtois, Heymans and Parnas, 1971), with a mistake in
 * the count. Readers may be in together; the first one in shuts the writer out,
 * the last one out lets it in again. Who is first and who is last is told by a
 * count that all readers change, which is atomic here. But to change it and to
 * look at it are two operations: two readers that come at once both see two, so
 * that neither is the first, and the writer walks in on them.
 *
 * Watch: readers
 * Options: --strategy dpor
 * Verdict: findings
 * Outcome: exit 0 readers=0 "both read the same\n"
 * Outcome: deadlock readers=1
 * Outcome: assertion readers=1
 * Outcome: assertion readers=2
 * Finding: data-race variable=left in=write_both,read_both at=left,torn
 * Finding: data-race variable=right in=write_both,read_both at=right,torn
 * Finding: assertion in=read_both at=torn
 * Finding: deadlock
 */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>

atomic_int readers;
static sem_t room_empty;
static int left;
static int right;

static void enter(void)
{
	atomic_fetch_add(&readers, 1);
	if (readers == 1)
		sem_wait(&room_empty);
}

static void leave(void)
{
	atomic_fetch_sub(&readers, 1);
	if (readers == 0)
		sem_post(&room_empty);
}

static void *read_both(void *unused)
{
	enter();
	assert(left == right); /* torn */
	leave();
	return unused;
}

static void *write_both(void *unused)
{
	sem_wait(&room_empty);
	left += 1;  /* left */
	right += 1; /* right */
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
