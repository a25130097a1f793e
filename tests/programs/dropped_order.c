/*
 * Three threads enter a section in any order. Where the second of them came in
 * between the others the program drops the execution: what is counted, and what
 * is told of, are the four other orders.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=4
 */
#include <explorer.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *enter(void *bit)
{
	pthread_mutex_lock(&lock);
	x = 2 * x + (bit != NULL);
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, enter, i == 1 ? &x : NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	explorer_assume(x != 2);
	return 0;
}
