/*
 * One thread changes the environment while another one reads it.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=environment operations=read,write
 * in=reader,writer
 */
#include <pthread.h>
#include <stdlib.h>

static void *reader(void *unused)
{
	getenv("HOME");
	return unused;
}

static void *writer(void *unused)
{
	setenv("EXPLORED", "yes", 1);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, reader, NULL);
	pthread_create(&threads[1], NULL, writer, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
