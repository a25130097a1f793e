/*
 * A semaphore used as a lock, and posted only by those who got in.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: exit 0 x=3 "x = 3\n"
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

int x;
static sem_t turn;

static void count(void)
{
	x += 1;
}

static void *patient(void *unused)
{
	sem_wait(&turn);
	count();
	sem_post(&turn);
	return unused;
}

static void *hasty(void *unused)
{
	if (sem_trywait(&turn) != 0)
		return unused;
	count();
	sem_post(&turn);
	return unused;
}

int main(void)
{
	pthread_t thread[3];

	sem_init(&turn, 0, 1);
	pthread_create(&thread[0], NULL, patient, NULL);
	pthread_create(&thread[1], NULL, hasty, NULL);
	pthread_create(&thread[2], NULL, patient, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
