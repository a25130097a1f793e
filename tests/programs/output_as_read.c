/*
 * What is written of strings that another thread changes is what each was when
 * it was read, not what all are when the line is written: that would never be
 * "a2".
 *
 * Verdict: findings
 * Outcome: exit 0 "a1\n"
 * Outcome: exit 0 "a2\n"
 * Outcome: exit 0 "b1\n"
 * Outcome: exit 0 "b2\n"
 * Finding: any
 */
#include <pthread.h>
#include <stdio.h>

static char first[2] = "a";
static char second[2] = "1";

static void *change(void *unused)
{
	first[0] = 'b';
	second[0] = '2';
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, change, NULL);
	printf("%s%s\n", first, second);
	pthread_join(thread, NULL);
	return 0;
}
