/*
 * Signals that are sent while they are blocked, looked at and taken.
 */
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static sigset_t set_of(int one, int other)
{
	sigset_t set;

	sigemptyset(&set);
	if (one > 0)
		sigaddset(&set, one);
	if (other > 0)
		sigaddset(&set, other);
	return set;
}

static int is_pending(int number)
{
	sigset_t set = set_of(0, 0);

	sigpending(&set);
	return sigismember(&set, number);
}

/* The next one of the set, at once; -1 if there is none. */
static int next_of(const sigset_t *set)
{
	const struct timespec at_once = {0};

	return sigtimedwait(set, NULL, &at_once);
}

static void one(void)
{
	sigset_t set = set_of(SIGUSR1, SIGUSR2);
	int number = 0;

	pthread_sigmask(SIG_BLOCK, &set, NULL);
	CHECK_VALUE(is_pending(SIGUSR1));
	CHECK_ERRNO(raise(SIGUSR1));
	CHECK_VALUE(is_pending(SIGUSR1));
	CHECK_VALUE(is_pending(SIGUSR2));
	CHECK_ERROR(sigwait(&set, &number));
	CHECK_VALUE(number == SIGUSR1);
	CHECK_VALUE(is_pending(SIGUSR1));
	CHECK_ERRNO(next_of(&set));
	CHECK_ERROR(pthread_kill(pthread_self(), SIGUSR2));
	CHECK_VALUE(sigwaitinfo(&set, NULL) == SIGUSR2);
}

static void of_thread_and_process(void)
{
	sigset_t set = set_of(SIGUSR1, SIGUSR2);
	siginfo_t info;

	CHECK_ERRNO(kill(getpid(), SIGUSR1));
	CHECK_ERRNO(kill(getpid(), SIGUSR1));
	CHECK_ERRNO(raise(SIGUSR1));
	CHECK_VALUE(sigwaitinfo(&set, &info) == SIGUSR1);
	CHECK_VALUE(info.si_signo == SIGUSR1);
	CHECK_VALUE(info.si_code == SI_TKILL);
	CHECK_VALUE(info.si_pid == getpid());
	CHECK_VALUE(info.si_uid == getuid());
	CHECK_VALUE(sigwaitinfo(&set, &info) == SIGUSR1);
	CHECK_VALUE(info.si_code == SI_USER);
	CHECK_ERRNO(next_of(&set));
	CHECK_ERRNO(kill(getpid(), SIGUSR2));
	CHECK_ERRNO(kill(getpid(), SIGUSR1));
	CHECK_VALUE(next_of(&set) == SIGUSR1);
	CHECK_VALUE(next_of(&set) == SIGUSR2);
	CHECK_ERRNO(next_of(&set));
}

static void queued(void)
{
	sigset_t set = set_of(SIGRTMIN, SIGRTMIN + 1);
	siginfo_t info;

	pthread_sigmask(SIG_BLOCK, &set, NULL);
	CHECK_ERRNO(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){7}));
	CHECK_ERRNO(sigqueue(getpid(), SIGRTMIN, (union sigval){8}));
	CHECK_ERRNO(sigqueue(getpid(), SIGRTMIN, (union sigval){9}));
	CHECK_ERROR(pthread_sigqueue(pthread_self(), SIGRTMIN + 1,
				     (union sigval){10}));
	for (int i = 0; i < 4; i++) {
		CHECK_VALUE(sigwaitinfo(&set, &info) - SIGRTMIN);
		CHECK_VALUE(info.si_value.sival_int);
		CHECK_VALUE(info.si_code == SI_QUEUE);
	}
	CHECK_ERRNO(next_of(&set));
}

static void refused(void)
{
	sigset_t set = set_of(SIGUSR1, 0);
	const struct timespec invalid = invalid_time();
	const struct timespec long_gone = {.tv_sec = -1};
	const struct timespec soon = {.tv_nsec = 1000};

	CHECK_ERRNO(kill(getpid(), 0));
	CHECK_ERRNO(kill(getpid(), 1000));
	CHECK_ERRNO(kill(getpid(), -1));
	CHECK_ERRNO(raise(1000));
	CHECK_ERROR(pthread_kill(pthread_self(), 1000));
	CHECK_ERRNO(sigtimedwait(&set, NULL, &invalid));
	CHECK_ERRNO(sigtimedwait(&set, NULL, &long_gone));
	CHECK_ERRNO(sigtimedwait(&set, NULL, &soon));
}

/* What is ignored and blocked is pending until it is neither. */
static void ignored(void)
{
	sigset_t set = set_of(SIGCHLD, SIGHUP);

	signal(SIGHUP, SIG_IGN);
	CHECK_ERRNO(raise(SIGHUP));
	CHECK_VALUE(is_pending(SIGHUP));
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	CHECK_ERRNO(raise(SIGCHLD));
	CHECK_VALUE(is_pending(SIGCHLD));
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	CHECK_VALUE(is_pending(SIGCHLD));
	CHECK_ERRNO(raise(SIGCHLD));
	CHECK_ERRNO(kill(getpid(), SIGURG));
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	CHECK_ERRNO(next_of(&set));
}

int main(void)
{
	one();
	of_thread_and_process();
	queued();
	refused();
	ignored();
	return 0;
}
