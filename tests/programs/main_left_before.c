/*
 * main ends, and the process with the thread that is left: after all that main
 * did, so no execution is begun to have it end sooner.
 *
 * Verdict: findings
 * Finding: data-race variable=x in=read_x,main
 */
#include <pthread.h>

static int x;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *read_x(void *unused)
{
	(void)unused;
	return x > 0 ? &x : NULL;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, read_x, NULL);
	x = 1;
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	pthread_exit(NULL);
}
