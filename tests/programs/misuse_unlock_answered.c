/*
 * Mutexes that check their owner say so when they are given back by another:
 * that is defined.
 *
 * Watch: answers
 * Verdict: verified
 * Outcome: exit 0 answers=3
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_mutex_t careful = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static int answers;

static void *body(void *unused)
{
	answers += pthread_mutex_unlock(&recursive) == EPERM;
	answers += pthread_mutex_unlock(&careful) == EPERM;
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&recursive);
	pthread_mutex_lock(&careful);
	answers += pthread_mutex_lock(&careful) == EDEADLK;
	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL);
	return 0;
}
