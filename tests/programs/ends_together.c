/*
 * Two threads end in one step, as one waits for the other. Going back to before
 * that, all others are there again.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Outcome: exit 0 x=10
 * Outcome: exit 0 x=11
 * Outcome: exit 0 x=12
 * Outcome: exit 0 x=20
 * Outcome: exit 0 x=21
 * Outcome: exit 0 x=22
 * Outcome: exit 0 x=100
 * Outcome: exit 0 x=101
 * Outcome: exit 0 x=102
 * Outcome: exit 0 x=110
 * Outcome: exit 0 x=111
 * Outcome: exit 0 x=112
 * Outcome: exit 0 x=120
 * Outcome: exit 0 x=121
 * Outcome: exit 0 x=122
 * Outcome: exit 0 x=200
 * Outcome: exit 0 x=201
 * Outcome: exit 0 x=202
 * Outcome: exit 0 x=210
 * Outcome: exit 0 x=211
 * Outcome: exit 0 x=212
 * Outcome: exit 0 x=220
 * Outcome: exit 0 x=221
 * Outcome: exit 0 x=222
 */
#include <pthread.h>
#include <stdatomic.h>

#define THREADS 5

static atomic_int x;
static int amounts[] = {1, 10, 100};
static pthread_t threads[THREADS];

static void *add(void *amount)
{
	atomic_fetch_add(&x, *(int *)amount);
	return NULL;
}

static void *twice(void *unused)
{
	atomic_store(&x, atomic_load(&x) * 2);
	return unused;
}

static void *wait_for_first(void *unused)
{
	pthread_join(threads[0], NULL);
	return unused;
}

int main(void)
{
	pthread_create(&threads[0], NULL, add, &amounts[0]);
	pthread_create(&threads[1], NULL, wait_for_first, NULL);
	pthread_create(&threads[2], NULL, twice, NULL);
	pthread_create(&threads[3], NULL, add, &amounts[1]);
	pthread_create(&threads[4], NULL, add, &amounts[2]);
	for (int i = 1; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
