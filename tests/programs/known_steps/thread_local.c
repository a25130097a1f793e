/*
 * What a thread does depends on its thread-local variable.
 */
#include <pthread.h>
#include <stdio.h>

int x;
__thread int mine;
static int *box;

static void *a(void *p)
{
	(void)p;
	for (int i = 0; i < 3; i++) {
		mine += x;
		x = mine + 1;
	}
	return (void *)(long)mine;
}

int main(void)
{
	pthread_t t[2];

	void *r[2];
	(void)box;
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], 0, a, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], &r[i]);
	printf("%d %ld %ld\n", x, (long)r[0], (long)r[1]);
	return 0;
}
