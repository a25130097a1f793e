/*
 * A signal wakes one of those that wait, whichever, who wakes all others.
 *
 * Watch: first
 * Verdict: verified
 * Outcome: exit 0 first=1
 * Outcome: exit 0 first=2
 * Outcome: exit 0 first=3
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static pthread_cond_t all_wait = PTHREAD_COND_INITIALIZER;
static int waiting;
static int first;

static void *waiter(void *number)
{
	pthread_mutex_lock(&mutex);
	if (++waiting == 3)
		pthread_cond_signal(&all_wait);
	pthread_cond_wait(&start, &mutex);
	if (first == 0)
		first = (int)(long)number;
	pthread_cond_broadcast(&start);
	pthread_mutex_unlock(&mutex);
	return NULL;
}

int main(void)
{
	pthread_t threads[3];

	for (long i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, waiter, (void *)(i + 1));
	pthread_mutex_lock(&mutex);
	while (waiting < 3)
		pthread_cond_wait(&all_wait, &mutex);
	pthread_cond_signal(&start);
	pthread_mutex_unlock(&mutex);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
