/*
 * A destructor is ordinary code of the ending thread: what it does to shared
 * memory can race.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Finding: data-race variable=x operations=write,write in=destroy,main
 */
#include <pthread.h>

static pthread_key_t key;
static int x;

static void destroy(void *value)
{
	*(int *)value = 1;
}

static void *work(void *unused)
{
	pthread_setspecific(key, &x);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_key_create(&key, destroy);
	pthread_create(&thread, NULL, work, NULL);
	x = 2;
	pthread_join(thread, NULL);
	return 0;
}
