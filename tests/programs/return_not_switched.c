/*
 * A program that switches stacks by itself: one lies among the local variables
 * of main, which others use.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stddef.h>
#include <ucontext.h>

static ucontext_t outer;
static ucontext_t inner;
static pthread_t threads[2];
static int seen;

static void *add(void *number)
{
	int *at = number;

	*at += 1;
	return NULL;
}

static void run(void)
{
	int local = 1;

	pthread_create(&threads[1], NULL, add, &local);
	swapcontext(&inner, &outer);
	seen = local;
}

int main(void)
{
	int local = 5;
	char stack[1 << 16];

	getcontext(&inner);
	inner.uc_stack.ss_sp = stack;
	inner.uc_stack.ss_size = sizeof(stack);
	inner.uc_link = &outer;
	makecontext(&inner, run, 0);
	pthread_create(&threads[0], NULL, add, &local);
	swapcontext(&outer, &inner);
	pthread_join(threads[1], NULL);
	swapcontext(&outer, &inner);
	pthread_join(threads[0], NULL);
	return seen + local != 8;
}
