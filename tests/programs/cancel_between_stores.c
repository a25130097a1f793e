/*
 * Cancelled at any time: between any two stores as well, though nobody looks at
 * what they change before the thread is joined; the cleanup handler sees what
 * is local to it. From where the thread is to be asked, none is left out.
 *
 * Watch: x seen
 * Verdict: verified
 * Outcome: exit 0 seen=0 x=0
 * Outcome: exit 0 seen=1 x=0
 * Outcome: exit 0 seen=1 x=1
 * Outcome: exit 0 seen=1 x=2
 * Outcome: exit 0 seen=2 x=2
 * Outcome: exit 0 seen=0 x=77
 */
#include <pthread.h>

static int x;
static int seen;

static void look(void *local)
{
	seen = *(int *)local;
}

static void *work(void *unused)
{
	int old;
	int local = 0;

	pthread_cleanup_push(look, &local);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	local = 1;
	x = 1;
	x = 2;
	local = 2;
	pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old);
	x = 77;
	local = 3;
	pthread_cleanup_pop(0);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	return 0;
}
