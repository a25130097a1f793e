/*
 * Bytes of one thread alone lie on one line with those that both access.
 */
#include <pthread.h>
#include <stdio.h>

struct {
	int x;
	int mine;
	int y;
} s;

static void *a(void *p)
{
	(void)p;
	for (int i = 0; i < 2; i++) {
		s.mine = s.x;
		s.y++;
		s.y++;
		if (s.mine == 1)
			s.y += 2;
	}
	return 0;
}

static void *b(void *p)
{
	(void)p;
	s.x++;
	s.y++;
	s.x++;
	return 0;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	pthread_join(t[0], 0);
	pthread_join(t[1], 0);
	printf("%d %d %d\n", s.x, s.mine, s.y);
	return 0;
}
