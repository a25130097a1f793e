/*
 * Sixty-four threads at once, each with something of its own to do.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=64
 * Executions: 1
 */
#include <pthread.h>

#define THREADS 64

static int done[THREADS];
static int x;

static void *work(void *place)
{
	*(int *)place = 1;
	return NULL;
}

int main(void)
{
	pthread_t thread[THREADS];

	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, work, &done[i]);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		x += done[i];
	}
	return 0;
}
