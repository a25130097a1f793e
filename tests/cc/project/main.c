/* The program: two threads call the library one after the other. */
#include <pthread.h>
#include <stdio.h>

#include "count.h"

static void *count(void *unused)
{
	increment();
	return unused;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < 2; i++) {
		pthread_create(&thread, NULL, count, NULL);
		pthread_join(thread, NULL);
	}
	printf("x = %d\n", x);
	return 0;
}
