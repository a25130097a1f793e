/*
 * Behind a barrier both threads are free to go: it orders nothing there.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x in=first,second
 */
#include <pthread.h>

static pthread_barrier_t b;
static int x;

static void *first(void *unused)
{
	pthread_barrier_wait(&b);
	x = 1;
	return unused;
}

static void *second(void *unused)
{
	x = 3;
	pthread_barrier_wait(&b);
	x = 2;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_barrier_init(&b, NULL, 2);
	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
