/*
 * Workers that share nothing. Each is given a copy of everything, as a process
 * is by fork(), and counts in its own: no lock is needed, since there is
 * nothing to protect, and no two schedules differ. What they counted stays
 * theirs: the x that they were copied from is still 0.
 *
 * Watch: memory.x
 * Verdict: verified
 * Executions: 1
 * Outcome: exit 0 memory.x=0
 *     "a worker's x = 2\na worker's x = 2\nx = 0\n"
 */
#include <pthread.h>
#include <stdio.h>

#define WORKERS	   2
#define INCREMENTS 2

struct memory {
	int x;
};

struct memory memory;

static void *work(void *copied)
{
	struct memory *own = copied;

	for (int i = 0; i < INCREMENTS; i++)
		own->x += 1;
	return copied;
}

int main(void)
{
	pthread_t worker[WORKERS];
	struct memory copy[WORKERS];

	for (int i = 0; i < WORKERS; i++) {
		copy[i] = memory;
		pthread_create(&worker[i], NULL, work, &copy[i]);
	}
	for (int i = 0; i < WORKERS; i++)
		pthread_join(worker[i], NULL);
	for (int i = 0; i < WORKERS; i++)
		printf("a worker's x = %d\n", copy[i].x);
	printf("x = %d\n", memory.x);
	return 0;
}
