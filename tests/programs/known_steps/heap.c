/*
 * What is allocated and freed depends on what was read.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

int x;
int *last;

static void *a(void *p)
{
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		int v = x;
		int *q = malloc(v % 2 ? 16 : 200);
		*q = v;
		x = v + 1;
		sum += *q;
		if (v != 1)
			free(q);
		else
			last = q;
	}
	*(int *)p = sum;
	return p;
}

int main(void)
{
	pthread_t t[2];
	int r[2];

	void *u;
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], 0, a, &r[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], &u);
	printf("%d %d %d\n", x, r[0], r[1]);
	return 0;
}
