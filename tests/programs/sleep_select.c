/*
 * To wait for no descriptor is to sleep, and takes no time.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Executions: 2
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/select.h>

static atomic_int x;

static void *one(void *unused)
{
	poll(NULL, 0, 1000000000);
	x = 1;
	return unused;
}

static void *two(void *unused)
{
	struct timeval time = {1000000, 0};

	select(0, NULL, NULL, NULL, &time);
	x = 2;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
