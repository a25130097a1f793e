/*
 * What the search knows of private memory differs from one time that a step is
 * made to the next: it is looked up in more or fewer calls, on the same stack.
 */
#include <pthread.h>

struct record {
	char tag;
	short part;
	int number;
	unsigned char rest[3];
};

static struct record record;
static _Thread_local int own;

static void *a(void *p)
{
	record.tag = 2;
	return p;
}

static void *b(void *p)
{
	record.tag = 3;
	own += 1;
	{
		struct record copy = {0};

		copy.number = 2;
		record = copy;
	}
	return p;
}

int main(void)
{
	pthread_t t[2];

	pthread_create(&t[0], 0, a, 0);
	pthread_create(&t[1], 0, b, 0);
	pthread_join(t[1], 0);
}
