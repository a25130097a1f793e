/*
 * A lock made of a word and the futex system call, in two versions: who comes
 * while it is taken says so and waits, and who gives it back wakes one of
 * those. Where it wakes nobody, somebody waits for ever.
 *
 * Watch: x
 *
 * Case: wake
 * Verdict: verified
 * Outcome: exit 0 x=2
 *
 * Case: forget
 * Verdict: findings
 * Outcome: exit 0 x=2
 * Outcome: deadlock x=1
 * Finding: deadlock message=futex
 */
#include <linux/futex.h>
#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned word; /* 0: free, 1: taken, 2: and somebody waits */
static int forgets;
static int x;

static void lock(void)
{
	unsigned expected = 0;

	if (__atomic_compare_exchange_n(&word, &expected, 1, 0,
					__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		return;
	while (__atomic_exchange_n(&word, 2, __ATOMIC_SEQ_CST) != 0)
		syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}

static void unlock(void)
{
	if (__atomic_exchange_n(&word, 0, __ATOMIC_SEQ_CST) == 2 && !forgets)
		syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void *increment(void *unused)
{
	lock();
	x++;
	unlock();
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[2];

	forgets = argc > 1 && strcmp(argv[1], "forget") == 0;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, increment, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
