/*
 * What looks like sharing what libc keeps, and is not: each thread says where
 * it goes on and where the result is to be; the environment is only read; and
 * strtok() is called by one thread after the other, or with a lock.
 *
 * Watch: hour
 * Verdict: verified
 * Outcome: exit 0 hour=1
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int hour;

static void *cut(void *text)
{
	const time_t moment = 3600;
	struct tm parts;
	char *rest;

	strtok_r(text, " ", &rest);
	strtok_r(NULL, " ", &rest);
	gmtime_r(&moment, &parts);
	getenv("HOME");
	pthread_mutex_lock(&mutex);
	hour = parts.tm_hour;
	strtok(text, "a");
	pthread_mutex_unlock(&mutex);
	return NULL;
}

int main(void)
{
	static char texts[2][8] = {"a b c", "d e f"};
	static char text[] = "g h";
	pthread_t threads[2];

	strtok(text, " ");
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, cut, texts[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	strtok(NULL, " ");
	return 0;
}
