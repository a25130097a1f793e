/*
 * What was read is in errno, and printed into a common buffer.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

int x;
static char buf[64];

static void *a(void *p)
{
	(void)p;
	errno = x;
	x++;
	int e = errno;
	x += e;
	snprintf(buf, sizeof buf, "%d", e);
	return (void *)(long)(errno + strlen(buf));
}

int main(void)
{
	pthread_t t[2];

	void *r[2];
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], 0, a, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], &r[i]);
	printf("%d %ld %ld %s\n", x, (long)r[0], (long)r[1], buf);
	return 0;
}
