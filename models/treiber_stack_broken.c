/*
 * Treiber's stack (1986), with the ABA problem. A thread that is about to pop A
 * has read that B lies below it. If another pops A, pops B, and pushes A back,
 * the top is A again, and the compare-and-swap of the first succeeds: B is on
 * the stack again, although the other thread owns it, and is handed out twice.
 *
 * Nodes are numbered from 1, and 0 is no node. Each has one owner: the stack,
 * or the thread that popped it.
 *
 * Watch: left
 * Verdict: findings
 * Outcome: exit 0 left=0 "left 0\n"
 * Outcome: exit 0 left=1 "left 1\n"
 * Outcome: assertion left=0
 * Finding: assertion in=pop at=here
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#define NODES 2

struct node {
	atomic_uint below;
	atomic_bool owned; /* by a thread */
};

int left;
static struct node nodes[NODES + 1];
static atomic_uint top;

static void push(unsigned node)
{
	unsigned seen = atomic_load(&top);

	nodes[node].owned = false;
	do
		nodes[node].below = seen;
	while (!atomic_compare_exchange_weak(&top, &seen, node));
}

static unsigned pop(void)
{
	unsigned seen = atomic_load(&top);
	unsigned below;

	do {
		if (seen == 0)
			return 0;
		below = nodes[seen].below;
	} while (!atomic_compare_exchange_weak(&top, &seen, below));
	assert(!atomic_exchange(&nodes[seen].owned, true)); /* here */
	return seen;
}

static void *pop_one(void *unused)
{
	pop();
	return unused;
}

static void *pop_two_push_one(void *unused)
{
	unsigned first = pop();
	unsigned second = pop();

	if (first != 0)
		push(first);
	(void)second; /* is kept */
	return unused;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	for (unsigned i = 1; i <= NODES; i++)
		push(i);
	pthread_create(&one, NULL, pop_one, NULL);
	pthread_create(&two, NULL, pop_two_push_one, NULL);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	while (pop() != 0)
		left++;
	printf("left %d\n", left);
	return 0;
}
