/*
 * A bounded buffer (Dijkstra, 1965): one semaphore counts the free places,
 * another the items, so that producers wait where it is full and consumers
 * where it is empty. A lock keeps those apart who are let in. It is taken after
 * the semaphore: a producer that waited for a free place with the lock held
 * would keep out the consumer that could make one.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=3 "sum = 3\n"
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define PLACES	  2
#define PRODUCERS 2

int sum;
static int buffer[PLACES];
static int next_in;
static int next_out;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t free_places;
static sem_t items;
static int values[PRODUCERS] = {1, 2};

static void put(int item)
{
	sem_wait(&free_places);
	pthread_mutex_lock(&lock);
	buffer[next_in] = item;
	next_in = (next_in + 1) % PLACES;
	pthread_mutex_unlock(&lock);
	sem_post(&items);
}

static int take(void)
{
	int item;

	sem_wait(&items);
	pthread_mutex_lock(&lock);
	item = buffer[next_out];
	next_out = (next_out + 1) % PLACES;
	pthread_mutex_unlock(&lock);
	sem_post(&free_places);
	return item;
}

static void *produce(void *value)
{
	put(*(int *)value);
	return NULL;
}

int main(void)
{
	pthread_t producer[PRODUCERS];

	sem_init(&free_places, 0, PLACES);
	sem_init(&items, 0, 0);
	for (int i = 0; i < PRODUCERS; i++)
		pthread_create(&producer[i], NULL, produce, &values[i]);
	for (int i = 0; i < PRODUCERS; i++)
		sum += take();
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(producer[i], NULL);
	printf("sum = %d\n", sum);
	return 0;
}
