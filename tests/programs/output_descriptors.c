/*
 * Standard output and standard error are shown in the order in which they were
 * written to, so both orders are outcomes.
 *
 * Verdict: verified
 * Outcome: exit 0 "out\nerror\n"
 * Outcome: exit 0 "error\nout\n"
 * Executions: 2
 */
#include <pthread.h>
#include <stdio.h>

static void *to_output(void *unused)
{
	fputs("out\n", stdout);
	return unused;
}

static void *to_error(void *unused)
{
	fputs("error\n", stderr);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, to_output, NULL);
	pthread_create(&second, NULL, to_error, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
