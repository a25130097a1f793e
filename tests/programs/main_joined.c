/*
 * main ends before the process does, and another thread joins it: what main did
 * comes before what that thread does then.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=5
 * Executions: 2
 */
#include <pthread.h>

static int x;
static pthread_t first;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void add(void)
{
	pthread_mutex_lock(&lock);
	x++;
	pthread_mutex_unlock(&lock);
}

static void *join_main(void *unused)
{
	add();
	pthread_join(first, NULL);
	x = 5;
	return unused;
}

int main(void)
{
	pthread_t thread;

	first = pthread_self();
	pthread_create(&thread, NULL, join_main, NULL);
	add();
	pthread_exit(NULL);
}
