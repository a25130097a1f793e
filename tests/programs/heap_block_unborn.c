/*
 * A block that is there in some executions only is accessed in all.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race variable=flag
 * Finding: out-of-bounds at=here
 */
#include <pthread.h>
#include <stdlib.h>

static int flag;
static char *kept[3];

static void *work(void *unused)
{
	volatile char *third;

	kept[0] = malloc(16);
	kept[1] = malloc(16);
	/* Blocks lie one after the other. */
	third = kept[1] + (kept[1] - kept[0]);
	if (!flag)
		kept[2] = malloc(16);
	*third = 1; /* here */
	return unused;
}

static void *raise_flag(void *unused)
{
	flag = 1;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, work, NULL);
	pthread_create(&threads[1], NULL, raise_flag, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
