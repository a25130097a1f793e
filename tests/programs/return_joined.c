/*
 * A thread returns the address of its own local variable; another ends by
 * pthread_exit() with one, from within a function.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: use-after-return in=main at=returned variable=mine
 * Finding: use-after-return in=main at=exited variable=sum
 */
#include <pthread.h>
#include <string.h>

static int *kept;

static void *number(void *unused)
{
	int mine = 1;

	kept = &mine;
	return unused;
}

static void leave(void)
{
	char sum[4] = "abc";

	pthread_exit(sum);
}

static void *text(void *unused)
{
	leave();
	return unused;
}

int main(void)
{
	pthread_t thread;
	volatile int seen;
	char copy[4] = "";
	void *value;

	pthread_create(&thread, NULL, number, NULL);
	pthread_join(thread, NULL);
	seen = *kept; /* returned */
	pthread_create(&thread, NULL, text, NULL);
	pthread_join(thread, &value);
	memcpy(copy, value, sizeof(copy)); /* exited */
	(void)seen;
	return 0;
}
