/*
 * Who waits for a semaphore that was destroyed waits for ever; that it was
 * destroyed is said all the same.
 *
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock at=here
 * Finding: misuse at=here message=main uses semaphore s after it was destroyed
 */
#include <semaphore.h>

static sem_t s;

int main(void)
{
	sem_init(&s, 0, 0);
	sem_destroy(&s);
	sem_wait(&s); /* here */
	return 0;
}
