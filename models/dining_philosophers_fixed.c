/*
 * The dining philosophers (Dijkstra, 1971), who do not starve: each takes the
 * fork with the lower number first. Only the last one thereby takes the right
 * fork before the left one, and that is enough: a circle of waiting would need
 * somebody who waits for a fork lower than one already taken.
 *
 *     dining_philosophers_fixed [PHILOSOPHERS]      3 by default
 *
 * Watch: meals
 * Verdict: verified
 * Outcome: exit 0 meals=3 "3 meals\n"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define PHILOSOPHERS_MAX 8

atomic_int meals;
static int philosophers = 3;
static pthread_mutex_t forks[PHILOSOPHERS_MAX];
static int seats[PHILOSOPHERS_MAX];

static void *dine(void *seat)
{
	const int left = *(int *)seat;
	const int right = (left + 1) % philosophers;
	const int lower = left < right ? left : right;
	const int higher = left < right ? right : left;

	pthread_mutex_lock(&forks[lower]);
	pthread_mutex_lock(&forks[higher]);
	atomic_fetch_add(&meals, 1);
	pthread_mutex_unlock(&forks[higher]);
	pthread_mutex_unlock(&forks[lower]);
	return seat;
}

int main(int argc, char **argv)
{
	pthread_t thread[PHILOSOPHERS_MAX];

	if (argc > 1)
		philosophers = atoi(argv[1]);
	if (philosophers < 2 || philosophers > PHILOSOPHERS_MAX) {
		fprintf(stderr, "usage: %s [philosophers]\n", argv[0]);
		return 2;
	}
	for (int i = 0; i < philosophers; i++)
		pthread_mutex_init(&forks[i], NULL);
	for (int i = 0; i < philosophers; i++) {
		seats[i] = i;
		pthread_create(&thread[i], NULL, dine, &seats[i]);
	}
	for (int i = 0; i < philosophers; i++)
		pthread_join(thread[i], NULL);
	printf("%d meals\n", meals);
	return 0;
}
