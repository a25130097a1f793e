/*
 * Sections that nobody else moves in read what others write.
 */
#include <explorer.h>
#include <pthread.h>
#include <stdio.h>

int x, y;

static void *a(void *p)
{
	(void)p;
	for (int i = 0; i < 2; i++) {
		explorer_atomic_begin();
		x++;
		y += x;
		explorer_atomic_end();
	}
	y++;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	x++;
	y++;
	x++;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d %d\n", x, y);
	return 0;
}
