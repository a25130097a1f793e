/*
 * A thread that waits in a loop sleeps until what it reads is written: it reads
 * the flag once, twice or three times in vain, or never.
 *
 * Verdict: findings
 * Watch: x
 * Outcome: exit 0 x=1
 * Finding: data-race variable=flag in=spin,set
 * Executions: 4
 */
#include <pthread.h>

static volatile int flag;
static int x;

static void *spin(void *unused)
{
	while (!flag)
		;
	x = 1;
	return unused;
}

static void *set(void *unused)
{
	flag = 1;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, spin, NULL);
	pthread_create(&second, NULL, set, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
