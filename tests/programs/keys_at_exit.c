/*
 * Returning from main, or calling exit, ends the process and no thread: no
 * destructor is called.
 *
 * Verdict: verified
 * Outcome: exit 0 ""
 */
#include <pthread.h>
#include <stdio.h>

static void destroy(void *value)
{
	printf("%p\n", value);
}

int main(void)
{
	pthread_key_t key;

	pthread_key_create(&key, destroy);
	pthread_setspecific(key, &key);
	return 0;
}
