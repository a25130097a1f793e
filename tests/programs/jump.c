/*
 * longjmp() across frames, again and again.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=200
 */
#include <pthread.h>
#include <setjmp.h>

static jmp_buf home;
static int x;

static void leave(int value)
{
	longjmp(home, value);
}

static void *work(void *unused)
{
	pthread_mutex_t *m = unused;

	pthread_mutex_lock(m);
	for (int i = 1; i <= 100; i++)
		if (setjmp(home) == 0)
			leave(i);
		else
			x++;
	pthread_mutex_unlock(m);
	return unused;
}

int main(void)
{
	static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, &m);
	pthread_create(&second, NULL, work, &m);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
