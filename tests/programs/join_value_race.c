/*
 * pthread_join() writes what the thread returned, on behalf of its caller;
 * another thread reads there. Near miss: join_value.c.
 *
 * Verdict: findings
 * Outcome: exit 0 "0"
 * Outcome: exit 0 "7"
 * Finding: data-race variable=value operations=read,write in=reader,main
 * at=there,here
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *value;

static void *returner(void *unused)
{
	(void)unused;
	return (void *)(intptr_t)7;
}

static void *reader(void *unused)
{
	(void)unused;
	return value; /* there */
}

int main(void)
{
	pthread_t threads[2];
	void *seen;

	pthread_create(&threads[0], NULL, returner, NULL);
	pthread_create(&threads[1], NULL, reader, NULL);
	pthread_join(threads[0], &value); /* here */
	pthread_join(threads[1], &seen);
	printf("%d", (int)(intptr_t)seen);
	return 0;
}
