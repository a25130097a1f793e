/*
 * Cancelled at any time: between stores of whole structures and atomic ones,
 * too, and between the last of them and the thread's end, which is seen in what
 * the join returns.
 *
 * Watch: a.x[3] b.x[0] cut n
 * Verdict: verified
 * Outcome: exit 0 a.x[3]=0 b.x[0]=0 cut=1 n=0
 * Outcome: exit 0 a.x[3]=257 b.x[0]=0 cut=1 n=0
 * Outcome: exit 0 a.x[3]=257 b.x[0]=257 cut=1 n=0
 * Outcome: exit 0 a.x[3]=257 b.x[0]=257 cut=1 n=9
 * Outcome: exit 0 a.x[3]=257 b.x[0]=257 cut=0 n=9
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct row {
	short x[4];
};

static struct row a;
static struct row b;
static atomic_int n;
static int cut;

static void *work(void *unused)
{
	int old;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	memset(&a, 1, sizeof(a));
	b = a;
	atomic_store(&n, 9);
	return unused;
}

int main(void)
{
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, work, NULL);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	cut = result == PTHREAD_CANCELED;
	return 0;
}
