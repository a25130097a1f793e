/*
 * A hundred megabytes of which one page is used.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include <pthread.h>

static char sea[100 << 20];
static int x;

static void *work(void *unused)
{
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	sea[50 << 20]++;
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t thread;

	if (sea[50 << 20] != 0)
		return 1;
	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, NULL);
	return sea[50 << 20] - 1;
}
