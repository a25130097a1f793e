/*
 * A thread detaches itself while another waits to join it, or before that.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: misuse at=here message=main joins T1, which is detached
 */
#include <pthread.h>

static void *body(void *unused)
{
	pthread_detach(pthread_self());
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, body, NULL);
	pthread_join(thread, NULL); /* here */
	return 0;
}
