/*
 * A search over states with a bound comes to some states a second time with
 * fewer preemptions, more than none, and has to go on from there once more.
 *
 * Options: --strategy states --preemptions 2
 * Verdict: findings
 * Incomplete: any
 * Outcome: exit 0 "1 2 0\n"
 * Outcome: exit 0 "1 2 1\n"
 * Outcome: exit 0 "1 2 2\n"
 * Outcome: exit 0 "2 2 0\n"
 * Outcome: exit 0 "2 2 1\n"
 * Outcome: exit 0 "2 2 2\n"
 * Outcome: exit 0 "3 2 1\n"
 * Finding: any
 */
#include <pthread.h>
#include <stdio.h>

static int a;
static int b;
static int c;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *first(void *unused)
{
	a += 1;
	a = 1;
	c = a;
	return unused;
}

static void *second(void *unused)
{
	pthread_mutex_lock(&lock);
	c = 1;
	pthread_mutex_unlock(&lock);
	c = a;
	if (pthread_mutex_trylock(&lock) == 0) {
		a += 1;
		pthread_mutex_unlock(&lock);
	}
	return unused;
}

static void *third(void *unused)
{
	pthread_mutex_lock(&lock);
	a = 1;
	pthread_mutex_unlock(&lock);
	b += 2;
	return unused;
}

int main(void)
{
	pthread_t threads[3];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_create(&threads[2], NULL, third, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d %d\n", a, b, c);
	return 0;
}
