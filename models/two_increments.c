/*
 * Two threads add one to x, which is 10 at the start. The picture of the
 * textbooks:
 *
 *     thread 1          thread 2          x
 *     read 10                             10
 *                       read 10           10
 *     write 11                            11
 *                       write 11          11, and not 12
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=11 "x = 11\n"
 * Outcome: exit 0 x=12 "x = 12\n"
 * Lost: exit 0 x=11
 * Finding: data-race variable=x in=increment,increment at=here,here
 */
#include <pthread.h>
#include <stdio.h>

int x = 10;

void *increment(void *unused)
{
	x = x + 1; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, increment, NULL);
	pthread_create(&second, NULL, increment, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	printf("x = %d\n", x);
	return 0;
}
