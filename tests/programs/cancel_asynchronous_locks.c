/*
 * A thread that may be cancelled at any time waits for a lock: to read or to
 * write, the latter also where writers are preferred, or for a spin lock.
 * Whoever has the lock cancels it and waits for its end, before the lock is
 * released or after: then it may have had it, or been cancelled while it had
 * it. It does not stand in the way of readers any more, unless it has the lock
 * still.
 *
 * Case: read before
 * Verdict: verified
 * Outcome: exit 0 "never"
 * Case: write before
 * Verdict: verified
 * Outcome: exit 0 "never"
 * Case: preferred before
 * Verdict: verified
 * Outcome: exit 0 "never"
 * Case: spin before
 * Verdict: verified
 * Outcome: exit 0 "never"
 * Case: read after
 * Verdict: findings
 * Outcome: exit 0 "never"
 * Outcome: exit 0 "had it"
 * Finding: misuse in=take message=T1 ends while it holds rwlock rwlock
 * Case: write after
 * Verdict: findings
 * Outcome: exit 0 "never"
 * Outcome: exit 0 "had it"
 * Finding: misuse in=take message=T1 ends while it holds rwlock rwlock
 * Case: preferred after
 * Verdict: findings
 * Outcome: exit 0 "never"
 * Outcome: exit 0 "had it"
 * Outcome: deadlock
 * Finding: misuse in=take message=T1 ends while it holds rwlock preferred
 * Finding: deadlock message=main waits for rwlock preferred, held by T1
 * Case: spin after
 * Verdict: findings
 * Outcome: exit 0 "never"
 * Outcome: exit 0 "had it"
 * Finding: misuse in=take message=T1 ends while it holds spin lock spin_lock
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t preferred =
	PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_spinlock_t spin_lock;
static const char *sort;
static bool had_it;

static bool is_sort(const char *name)
{
	return strcmp(sort, name) == 0;
}

static void take(bool reads)
{
	if (is_sort("spin"))
		pthread_spin_lock(&spin_lock);
	else if (is_sort("preferred"))
		pthread_rwlock_wrlock(&preferred);
	else if (reads)
		pthread_rwlock_rdlock(&rwlock);
	else
		pthread_rwlock_wrlock(&rwlock);
}

static void release(void)
{
	if (is_sort("spin"))
		pthread_spin_unlock(&spin_lock);
	else
		pthread_rwlock_unlock(is_sort("preferred") ? &preferred
							   : &rwlock);
}

static void *work(void *unused)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	take(is_sort("read"));
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	had_it = true;
	release();
	return unused;
}

int main(int argc, char **argv)
{
	bool before = argc < 3 || strcmp(argv[2], "before") == 0;
	pthread_t thread;

	sort = argc > 1 ? argv[1] : "read";
	pthread_spin_init(&spin_lock, PTHREAD_PROCESS_PRIVATE);
	take(false);
	pthread_create(&thread, NULL, work, NULL);
	if (!before)
		release();
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	if (before)
		release();
	pthread_rwlock_rdlock(&preferred);
	printf("%s", had_it ? "had it" : "never");
	pthread_rwlock_unlock(&preferred);
	return 0;
}
