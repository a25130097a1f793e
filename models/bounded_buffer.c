/*
 * A bounded buffer (Dijkstra, 1965): one semaphore counts the free places,
 * another the items, so that producers wait where it is full and consumers
 * where it is empty. That much says how many may be at the buffer; it does not
 * keep two producers apart. Both may take the same place: one item is
 * overwritten, and the place next to it is handed out as it was.
 *
 * Watch: sum
 * Verdict: findings
 * Outcome: exit 0 sum=1 "sum = 1\n"
 * Outcome: exit 0 sum=2 "sum = 2\n"
 * Outcome: exit 0 sum=3 "sum = 3\n"
 * Finding: data-race variable=next_in in=put,put at=place,next
 * Finding: data-race variable=next_in in=put,put at=next,next
 * Finding: data-race variable=buffer in=put,put at=place,place
 * Finding: data-race variable=buffer in=put,take at=place,taken
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
static sem_t free_places;
static sem_t items;
static int values[PRODUCERS] = {1, 2};

static void put(int item)
{
	sem_wait(&free_places);
	buffer[next_in] = item;		  /* place */
	next_in = (next_in + 1) % PLACES; /* next */
	sem_post(&items);
}

static int take(void)
{
	int item;

	sem_wait(&items);
	item = buffer[next_out]; /* taken */
	next_out = (next_out + 1) % PLACES;
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
