/*
 * What the operations on semaphores return.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <errno.h>
#include <semaphore.h>

static int wrong;

static void expect(int truth)
{
	wrong = wrong * 2 + !truth;
}

int main(void)
{
	sem_t s;
	int value = -1;

	expect(sem_init(&s, 0, 1) == 0);
	expect(sem_getvalue(&s, &value) == 0 && value == 1);
	expect(sem_trywait(&s) == 0);
	errno = 0;
	expect(sem_trywait(&s) == -1 && errno == EAGAIN);
	expect(sem_post(&s) == 0 && sem_post(&s) == 0);
	expect(sem_getvalue(&s, &value) == 0 && value == 2);
	expect(sem_wait(&s) == 0);
	expect(sem_destroy(&s) == 0);
	return 0;
}
