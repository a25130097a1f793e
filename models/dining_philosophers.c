/*
 * The dining philosophers (Dijkstra, 1971). Each needs the fork on the left and
 * the fork on the right, and takes the left one first. If all have taken the
 * left one, all wait for the right one, for ever.
 *
 *     dining_philosophers [PHILOSOPHERS]      3 by default
 *
 * Watch: meals
 * Verdict: findings
 * Outcome: exit 0 meals=3 "3 meals\n"
 * Outcome: deadlock meals=0
 * Finding: deadlock
 * Blocked: T1 waits forks[1] held T2 at right
 * Blocked: T2 waits forks[2] held T3 at right
 * Blocked: T3 waits forks[0] held T1 at right
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

	pthread_mutex_lock(&forks[left]);
	pthread_mutex_lock(&forks[right]); /* right */
	atomic_fetch_add(&meals, 1);
	pthread_mutex_unlock(&forks[right]);
	pthread_mutex_unlock(&forks[left]);
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
