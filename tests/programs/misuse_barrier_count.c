/*
 * A barrier for nobody.
 *
 * Verdict: findings
 * Outcome: misuse
 * Finding: misuse at=none message=main initialises barrier b for 0 threads
 * Finding: misuse at=zero message=main uses barrier b, which was not
 *     initialised
 */
#include <pthread.h>

static pthread_barrier_t b;

int main(void)
{
	pthread_barrier_init(&b, NULL, 0); /* none */
	pthread_barrier_wait(&b);	   /* zero */
	return 0;
}
