/*
 * What lies before a barrier happens before what lies behind it, in each of its
 * rounds.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=22
 */
#include <pthread.h>

static pthread_barrier_t b;
static int part[2];
static int sum;

static void *add(void *argument)
{
	const long own = (long)argument;

	part[own] = 1;
	pthread_barrier_wait(&b);
	if (own == 0)
		sum = 10 * (part[0] + part[1]);
	pthread_barrier_wait(&b);
	if (own == 1)
		sum += part[0] + part[1];
	return NULL;
}

int main(void)
{
	pthread_t thread;

	pthread_barrier_init(&b, NULL, 2);
	pthread_create(&thread, NULL, add, (void *)1L);
	add(NULL);
	pthread_join(thread, NULL);
	pthread_barrier_destroy(&b);
	return 0;
}
