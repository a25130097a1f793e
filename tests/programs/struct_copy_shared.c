/*
 * Both sides of the copy are shared.
 *
 * Watch: copies[0].first copies[0].fourth
 * Verdict: findings
 * Outcome: exit 0 copies[0].first=0 copies[0].fourth=0
 * Outcome: exit 0 copies[0].first=1 copies[0].fourth=1
 * Finding: data-race variable=to in=copier,reader at=here,there
 */
#include <pthread.h>

struct wide {
	long first;
	long second;
	long third;
	long fourth;
};

static struct wide from = {1, 1, 1, 1};
static struct wide to;
static struct wide copies[2];

static void *copier(void *unused)
{
	to = from; /* here */
	return unused;
}

static void *reader(void *unused)
{
	copies[0] = to; /* there */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, copier, NULL);
	pthread_create(&second, NULL, reader, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
