/*
 * Two threads wait, each in a loop, for what main says with one signal each.
 *
 * Watch: taken
 * Verdict: verified
 * Outcome: exit 0 taken=2
 */
#include <pthread.h>

static pthread_mutex_t mutex;
static pthread_cond_t more;
static int items;
static int taken;

static void *taker(void *unused)
{
	pthread_mutex_lock(&mutex);
	while (items == 0)
		pthread_cond_wait(&more, &mutex);
	items--;
	taken++;
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void put(void)
{
	pthread_mutex_lock(&mutex);
	items++;
	pthread_mutex_unlock(&mutex);
	pthread_cond_signal(&more);
}

int main(void)
{
	pthread_t threads[2];

	pthread_mutex_init(&mutex, NULL);
	pthread_cond_init(&more, NULL);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, taker, NULL);
	put();
	put();
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	pthread_cond_destroy(&more);
	pthread_mutex_destroy(&mutex);
	return 0;
}
