/*
 * A race, after which main is busy for so long with what is its own that it
 * gives way before it locks again: the trace of the race has all its steps.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x in=work,main
 */
#include <pthread.h>

#define ROUNDS 1200000

static int x;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile int table[2];

static void *work(void *unused)
{
	x++;
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	x++;
	pthread_join(thread, NULL);
	for (int i = 0; i < ROUNDS; i++)
		table[i & 1] = i;
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return 0;
}
