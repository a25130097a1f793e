/*
 * What is done once is done before anybody goes on.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=3
 */
#include <pthread.h>
#include <threads.h>

static pthread_once_t o = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;
static int x;

static void add_one(void)
{
	x += 1;
}

static void add_two(void)
{
	x += 2;
}

static void *body(void *unused)
{
	pthread_once(&o, add_one);
	call_once(&flag, add_two);
	return x == 3 ? unused : &x;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, body, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
