/*
 * A thread may end with a robust mutex held: the next who locks it is told.
 *
 * Watch: told
 * Verdict: verified
 * Outcome: exit 0 told=3
 */
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t m;
static int told;

static void *body(void *unused)
{
	pthread_mutex_lock(&m);
	return unused;
}

int main(void)
{
	pthread_mutexattr_t robust;
	pthread_t thread;

	pthread_mutexattr_init(&robust);
	pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&m, &robust);
	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	told += pthread_mutex_lock(&m) == EOWNERDEAD;
	told += pthread_mutex_consistent(&m) == 0;
	pthread_mutex_unlock(&m);
	told += pthread_mutex_lock(&m) == 0;
	pthread_mutex_unlock(&m);
	return 0;
}
