/*
 * A thread goes by what it has kept beside visible bytes, and remembers nothing
 * of it otherwise.
 */
#include <pthread.h>
#include <stdio.h>

_Alignas(64) struct {
	int seen;
	int x;
	int y;
	int unused;
	int mine;
} s;

/* Leaves in no register what it was. */
__attribute__((noinline)) static void keep(void)
{
	s.mine = s.x;
}

static void *a(void *p)
{
	(void)p;
	keep();
	s.y = 7;
	s.y = 8;
	if (s.mine == 1)
		s.y = 9;
	s.seen = 0;
	return 0;
}

static void *b(void *p)
{
	(void)p;
	s.x = 1;
	s.x = 0;
	s.seen = s.y;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	pthread_join(t[0], 0);
	pthread_join(t[1], 0);
	printf("%d %d %d\n", s.mine, s.seen, s.y);
	return 0;
}
