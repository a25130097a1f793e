/*
 * Of three that wait, two are woken: any two of them.
 *
 * Options: --strategy dpor
 * Watch: woken
 * Verdict: verified
 * Outcome: exit 0 woken=11
 * Outcome: exit 0 woken=101
 * Outcome: exit 0 woken=110
 */
#include <explorer.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned word = 1;
static int waits;
static int woken;
static sem_t done;

static void *wait_for_it(void *weight)
{
	__atomic_fetch_add(&waits, 1, __ATOMIC_SEQ_CST);
	if (syscall(SYS_futex, &word, FUTEX_WAIT, 1, NULL, NULL, 0) == 0)
		__atomic_fetch_add(&woken, (int)(intptr_t)weight,
				   __ATOMIC_SEQ_CST);
	sem_post(&done);
	return NULL;
}

int main(void)
{
	pthread_t threads[3];
	long count;

	sem_init(&done, 0, 0);
	pthread_create(&threads[0], NULL, wait_for_it, (void *)1);
	pthread_create(&threads[1], NULL, wait_for_it, (void *)10);
	pthread_create(&threads[2], NULL, wait_for_it, (void *)100);
	explorer_assume(__atomic_load_n(&waits, __ATOMIC_SEQ_CST) == 3);
	count = syscall(SYS_futex, &word, FUTEX_WAKE, 2, NULL, NULL, 0);
	explorer_assume(count == 2);
	sem_wait(&done);
	sem_wait(&done);
	_exit(0);
}
