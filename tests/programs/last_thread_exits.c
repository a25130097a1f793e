/*
 * main leaves; the last of the others to end ends the process, and what an exit
 * handler does comes after all that they did.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=3
 * Executions: 1
 */
#include <pthread.h>
#include <stdlib.h>

static int x;
static int y;
static int sum;

static void add(void)
{
	sum = x + y;
}

static void *one(void *unused)
{
	x = 1;
	return unused;
}

static void *two(void *unused)
{
	y = 2;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	atexit(add);
	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_exit(NULL);
}
