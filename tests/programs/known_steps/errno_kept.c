/*
 * errno alone remembers what a thread has read, over a step.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static int before;
static int between;
static int after;

static void *change(void *unused)
{
	before = 1;
	between = 1;
	return unused;
}

static void *remember(void *unused)
{
	if (before)
		errno = EPERM;
	else
		errno = ENOENT;
	between = 2;
	if (errno == EPERM)
		after = 1;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, remember, NULL);
	pthread_create(&threads[1], NULL, change, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d\n", between, after);
	return 0;
}
