/*
 * A thread that asked for a small stack overflows where one with an ordinary
 * stack does not.
 *
 * Verdict: findings
 * Outcome: stack-overflow
 * Finding: stack-overflow in=use_much
 */
#include <pthread.h>
#include <string.h>

#define STACK ((size_t)64 << 10)
#define MUCH  ((size_t)1 << 20)

static void *use_much(void *unused)
{
	char block[MUCH];

	memset(block, 1, sizeof(block));
	return block[0] ? unused : NULL;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_create(&thread, NULL, use_much, NULL);
	pthread_join(thread, NULL);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK);
	pthread_create(&thread, &attributes, use_much, NULL);
	pthread_join(thread, NULL);
	return 0;
}
