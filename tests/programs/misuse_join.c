/*
 * Joins and detaches of what is not there to be joined.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=self message=main joins itself
 * Finding: misuse at=again message=main joins T1, which was joined before
 * Finding: misuse at=detached message=main joins T2, which is detached
 * Finding: misuse at=twice message=main detaches T2, which is detached already
 */
#include <pthread.h>

static void *body(void *unused)
{
	return unused;
}

int main(void)
{
	pthread_t joined;
	pthread_t detached;

	pthread_create(&joined, NULL, body, NULL);
	pthread_create(&detached, NULL, body, NULL);
	pthread_join(pthread_self(), NULL); /* self */
	pthread_join(joined, NULL);
	pthread_join(joined, NULL); /* again */
	pthread_detach(detached);
	pthread_join(detached, NULL); /* detached */
	pthread_detach(detached);     /* twice */
	return 0;
}
