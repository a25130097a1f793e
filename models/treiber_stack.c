/*
 * Treiber's stack (1986): the top is changed by compare-and-swap, so that no
 * thread ever waits for another. A thread that is about to pop A has read that
 * B lies below it; if others pop A and B and push A back, the top is A again,
 * but B is not below it any more. Here the top carries a count of its changes,
 * so that it is not the same again, and the compare-and-swap fails.
 *
 * Nodes are numbered from 1, and 0 is no node. Each has one owner: the stack,
 * or the thread that popped it.
 *
 * Watch: left
 * Verdict: verified
 * Outcome: exit 0 left=0 "left 0\n"
 * Outcome: exit 0 left=1 "left 1\n"
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define NODES 2

struct node {
	atomic_uint below;
	atomic_bool owned; /* by a thread */
};

int left;
static struct node nodes[NODES + 1];
static _Atomic uint64_t top; /* count of changes, node */

static unsigned node_of(uint64_t value)
{
	return (unsigned)value;
}

static uint64_t changed(uint64_t value, unsigned node)
{
	return ((value >> 32) + 1) << 32 | node;
}

static void push(unsigned node)
{
	uint64_t seen = atomic_load(&top);

	nodes[node].owned = false;
	do
		nodes[node].below = node_of(seen);
	while (!atomic_compare_exchange_weak(&top, &seen, changed(seen, node)));
}

static unsigned pop(void)
{
	uint64_t seen = atomic_load(&top);
	unsigned below;

	do {
		if (node_of(seen) == 0)
			return 0;
		below = nodes[node_of(seen)].below;
	} while (!atomic_compare_exchange_weak(&top, &seen,
					       changed(seen, below)));
	assert(!atomic_exchange(&nodes[node_of(seen)].owned, true));
	return node_of(seen);
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
