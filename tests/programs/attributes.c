/*
 * Attributes that a thread is created with, and those that it then has.
 *
 * Verdict: findings
 * Executions: 1
 * Outcome: exit 0 ""
 * Finding: misuse message=main joins T3, which is detached
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define STACK ((size_t)32 << 20)
#define MUCH  ((size_t)24 << 20)

static void *use_much(void *unused)
{
	char block[MUCH];

	memset(block, 1, sizeof(block));
	return block[0] ? unused : NULL;
}

static void *look(void *detached)
{
	pthread_attr_t attributes;
	int state;
	void *stack;
	size_t bytes;
	char here;

	assert(pthread_getattr_np(pthread_self(), &attributes) == 0);
	assert(pthread_attr_getdetachstate(&attributes, &state) == 0);
	assert((state == PTHREAD_CREATE_DETACHED) == (detached != NULL));
	assert(pthread_attr_getstack(&attributes, &stack, &bytes) == 0);
	assert((uintptr_t)&here - (uintptr_t)stack < bytes);
	pthread_attr_destroy(&attributes);
	return NULL;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void *value;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK);
	pthread_create(&thread, &attributes, use_much, &thread);
	pthread_join(thread, &value);
	assert(value == &thread);
	pthread_create(&thread, &attributes, look, NULL);
	pthread_join(thread, NULL);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_create(&thread, &attributes, look, &thread);
	assert(pthread_join(thread, NULL) == EINVAL);
	pthread_attr_destroy(&attributes);
	look(NULL);
	pthread_exit(NULL);
}
