/*
 * Mutexes that come and go, in memory of their own.
 *
 * Watch: x wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0 x=2
 */
#include <pthread.h>
#include <stdlib.h>

static int x;
static int wrong;

static void *work(void *argument)
{
	pthread_mutex_t *m = argument;

	pthread_mutex_lock(m);
	x++;
	pthread_mutex_unlock(m);
	return NULL;
}

int main(void)
{
	pthread_mutex_t *m = malloc(sizeof(*m));
	pthread_t first;
	pthread_t second;

	wrong += pthread_mutex_init(m, NULL) != 0;
	pthread_create(&first, NULL, work, m);
	pthread_create(&second, NULL, work, m);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	wrong += pthread_mutex_destroy(m) != 0;
	free(m);
	return 0;
}
