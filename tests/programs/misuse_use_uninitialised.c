/*
 * Memory that is neither zero nor initialised is no lock.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=here message=which was not initialised
 */
#include <pthread.h>
#include <string.h>

static pthread_mutex_t m;

int main(void)
{
	memset(&m, 0x55, sizeof(m));
	pthread_mutex_lock(&m); /* here */
	return 0;
}
