/*
 * The destructors run by key, each with its value, which is gone by then; again
 * for what they leave behind, at most PTHREAD_DESTRUCTOR_ITERATIONS times; at
 * pthread_exit, at return, and of main if that calls pthread_exit.
 *
 * Verdict: verified
 * Outcome: exit 0 "01 1 1 1.01 1 1 1.01 1 1 1."
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t once;
static pthread_key_t always;
static pthread_key_t without;

static void destroy_once(void *value)
{
	if (value == &once && !pthread_getspecific(once))
		printf("0");
}

/* Leaves a value behind, every time. */
static void destroy_always(void *value)
{
	static __thread int calls;

	if (value == &always)
		printf("1%s", ++calls == 4 ? "." : " ");
	pthread_setspecific(always, &always);
}

static void set(void)
{
	pthread_setspecific(without, &without);
	pthread_setspecific(always, &always);
	pthread_setspecific(once, &once);
}

static void *returns(void *unused)
{
	set();
	return unused;
}

static void *exits(void *unused)
{
	set();
	pthread_exit(unused);
}

int main(void)
{
	pthread_t thread;

	pthread_key_create(&once, destroy_once);
	pthread_key_create(&always, destroy_always);
	pthread_key_create(&without, NULL);
	pthread_create(&thread, NULL, returns, NULL);
	pthread_join(thread, NULL);
	pthread_create(&thread, NULL, exits, NULL);
	pthread_join(thread, NULL);
	set();
	pthread_exit(NULL);
}
