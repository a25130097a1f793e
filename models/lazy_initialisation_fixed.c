/*
 * A value that is made when it is first needed, once: whoever comes second
 * waits until it is there, and sees it.
 *
 * Watch: made
 * Verdict: verified
 * Outcome: exit 0 made=1 "1 and 1\n"
 */
#include <pthread.h>
#include <stdio.h>

int made;
static int value;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int seen[2];

static void make(void)
{
	made += 1;
	value = made;
}

static int get(void)
{
	pthread_once(&once, make);
	return value;
}

static void *use(void *result)
{
	*(int *)result = get();
	return NULL;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, use, &seen[0]);
	pthread_create(&two, NULL, use, &seen[1]);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	printf("%d and %d\n", seen[0], seen[1]);
	return 0;
}
