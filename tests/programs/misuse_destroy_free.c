/*
 * Who destroys a lock that nobody has any more does well; so does who
 * initialises it again then.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *body(void *unused)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	pthread_mutex_destroy(&m);
	pthread_mutex_init(&m, NULL);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return pthread_mutex_destroy(&m);
}
