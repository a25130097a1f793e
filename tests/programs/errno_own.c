/*
 * Each thread has its own errno, whoever runs in between.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 * Executions: 2
 */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>

static int x;
static int wrong;

static void *work(void *value)
{
	errno = (int)(intptr_t)value;
	__atomic_fetch_add(&x, 1, __ATOMIC_SEQ_CST);
	if (errno != (int)(intptr_t)value)
		__atomic_fetch_add(&wrong, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	errno = 1;
	pthread_create(&first, NULL, work, (void *)2);
	pthread_create(&second, NULL, work, (void *)3);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	wrong += errno != 1;
	return 0;
}
