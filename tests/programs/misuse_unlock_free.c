/*
 * A lock is given back that nobody holds.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse in=main at=here message=main unlocks lock m, which nobody
 *     holds
 */
#include <pthread.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	pthread_mutex_unlock(&m); /* here */
	return 0;
}
