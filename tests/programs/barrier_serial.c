/*
 * One of the threads, and any of them, is told that it is the one.
 *
 * Watch: serial
 * Verdict: verified
 * Outcome: exit 0 serial=1
 * Outcome: exit 0 serial=2
 * Outcome: exit 0 serial=3
 */
#include <pthread.h>

static pthread_barrier_t b;
static int serial;

static void *meet(void *argument)
{
	if (pthread_barrier_wait(&b) == PTHREAD_BARRIER_SERIAL_THREAD)
		serial += (int)(long)argument;
	return NULL;
}

int main(void)
{
	pthread_t threads[3];

	pthread_barrier_init(&b, NULL, 3);
	for (long i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, meet, (void *)(i + 1));
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
