/*
 * A key that a constructor made, with a value for main.
 *
 * Verdict: verified
 * Outcome: exit 0 "main's"
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;

__attribute__((constructor)) static void make(void)
{
	pthread_key_create(&key, NULL);
	pthread_setspecific(key, "main's");
}

static void *work(void *unused)
{
	return pthread_getspecific(key) ? &key : unused;
}

int main(void)
{
	pthread_t thread;
	void *value;

	pthread_create(&thread, NULL, work, NULL);
	pthread_join(thread, &value);
	printf("%s", value ? "" : (char *)pthread_getspecific(key));
	return 0;
}
