/*
 * A try that came too early orders nothing.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x operations=write,write in=work,main
 */
#define _GNU_SOURCE
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
	if (pthread_tryjoin_np(thread, NULL) != 0) {
		x = 2;
		pthread_join(thread, NULL);
	}
	return 0;
}
