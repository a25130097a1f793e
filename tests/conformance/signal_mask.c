/*
 * Which signals a thread blocks: what it is told, and what others inherit.
 */
#include "check.h"

#include <pthread.h>
#include <signal.h>

static sigset_t set_of(int number)
{
	sigset_t set;

	sigemptyset(&set);
	if (number > 0)
		sigaddset(&set, number);
	return set;
}

static int blocks(int number)
{
	sigset_t now = set_of(0);

	pthread_sigmask(SIG_BLOCK, NULL, &now);
	return sigismember(&now, number);
}

static void *inherits(void *unused)
{
	sigset_t set = set_of(SIGUSR2);

	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR2));
	CHECK_ERROR(pthread_sigmask(SIG_SETMASK, &set, NULL));
	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR2));
	return unused;
}

static void changes(void)
{
	sigset_t set = set_of(SIGUSR1);
	sigset_t old = set_of(0);

	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_ERROR(pthread_sigmask(SIG_BLOCK, &set, &old));
	CHECK_VALUE(sigismember(&old, SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_ERROR(pthread_sigmask(SIG_UNBLOCK, &set, &old));
	CHECK_VALUE(sigismember(&old, SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_ERRNO(sigprocmask(SIG_SETMASK, &set, &old));
	CHECK_VALUE(sigismember(&old, SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR1));
}

static void refusals(void)
{
	sigset_t set = set_of(SIGUSR2);

	CHECK_ERROR(pthread_sigmask(77, &set, NULL));
	CHECK_ERRNO(sigprocmask(77, &set, NULL));
	CHECK_ERROR(pthread_sigmask(77, NULL, &set));
	CHECK_VALUE(blocks(SIGUSR2));
	sigfillset(&set);
	CHECK_ERROR(pthread_sigmask(SIG_BLOCK, &set, NULL));
	CHECK_VALUE(blocks(SIGKILL));
	CHECK_VALUE(blocks(SIGSTOP));
	CHECK_VALUE(blocks(SIGTERM));
	CHECK_VALUE(blocks(SIGRTMAX));
}

static void of_threads(void)
{
	sigset_t set = set_of(SIGUSR1);
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_create(&thread, NULL, inherits, NULL);
	CHECK_ERROR(pthread_join(thread, NULL));
	CHECK_VALUE(blocks(SIGUSR1));
	CHECK_VALUE(blocks(SIGUSR2));
	pthread_sigmask(SIG_SETMASK, &set, NULL);
	set = set_of(SIGUSR2);
	pthread_attr_init(&attributes);
	CHECK_ERROR(pthread_attr_setsigmask_np(&attributes, &set));
	pthread_create(&thread, &attributes, inherits, NULL);
	CHECK_ERROR(pthread_join(thread, NULL));
	pthread_attr_destroy(&attributes);
}

int main(void)
{
	changes();
	of_threads();
	refusals();
	return 0;
}
