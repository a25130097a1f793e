/*
 * main returns while a thread still has something to do: an ordinary end, and
 * the thread may have got there or not.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 3 x=0
 * Outcome: exit 3 x=1
 */
#include <pthread.h>

static int x;

static void *work(void *unused)
{
	x = 1;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	return 3;
}
