/*
 * A pointer leads to where no memory can be: what is said of it is not that it
 * was null.
 *
 * Verdict: findings
 * Outcome: crash 11
 * Finding: crash in=follow at=here message=SIGSEGV in follow()
 */
#include <pthread.h>
#include <stdint.h>

static int *volatile pointer = (int *)(uintptr_t)0x8badf00d8badf00d;

static void *follow(void *unused)
{
	*pointer = 1; /* here */
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, follow, NULL);
	pthread_join(thread, NULL);
	return 0;
}
