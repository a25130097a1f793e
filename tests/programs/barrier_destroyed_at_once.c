/*
 * Who is behind the barrier may destroy and free it, even while another has
 * still to leave.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdlib.h>

static void *meet(void *argument)
{
	pthread_barrier_t *barrier = argument;

	if (pthread_barrier_wait(barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
		pthread_barrier_destroy(barrier);
		free(barrier);
	}
	return NULL;
}

int main(void)
{
	pthread_barrier_t *barrier = malloc(sizeof(*barrier));
	pthread_t threads[2];

	pthread_barrier_init(barrier, NULL, 2);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, meet, barrier);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
