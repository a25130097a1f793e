/*
 * A wait without the lock that the condition is used with, where the lock says
 * so: that is an error with an answer.
 *
 * Watch: answer
 * Verdict: verified
 * Case: errorcheck
 * Outcome: exit 0 answer=1
 * Case: recursive
 * Outcome: exit 0 answer=1
 * Case: robust
 * Outcome: exit 0 answer=1
 */
#include <errno.h>
#include <pthread.h>

static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int answer;

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "errorcheck";
	const struct timespec long_ago = {.tv_sec = 1};
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;

	pthread_mutexattr_init(&attributes);
	if (kind[0] == 'e')
		pthread_mutexattr_settype(&attributes,
					  PTHREAD_MUTEX_ERRORCHECK);
	else if (kind[1] == 'e')
		pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	else
		pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&mutex, &attributes);
	answer = pthread_cond_wait(&ready, &mutex);
	answer |= pthread_cond_timedwait(&ready, &mutex, &long_ago);
	return 0;
}
