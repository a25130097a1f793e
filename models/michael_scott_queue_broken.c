/*
 * The queue of Michael and Scott (1996), with one compare-and-swap too few: the
 * new node is linked to the last one by a store. Two threads may both find the
 * last node to have no successor; the second overwrites what the first has
 * linked, and an item is gone.
 *
 * Nodes are numbered from 1, and 0 is no node; none is used twice.
 *
 * Watch: sum
 * Options: --strategy dpor --expect sum==3
 * Verdict: findings
 * Outcome: exit 0 sum=1 "sum = 1\n"
 * Outcome: exit 0 sum=2 "sum = 2\n"
 * Outcome: exit 0 sum=3 "sum = 3\n"
 * Finding: unexpected-value
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define NODES 3

struct node {
	int item;
	atomic_uint next;
};

int sum;
static struct node nodes[NODES + 1];
static atomic_uint head = 1;
static atomic_uint tail = 1;

static void enqueue(unsigned node)
{
	unsigned last;
	unsigned next;

	for (;;) {
		last = tail;
		next = nodes[last].next;
		if (next == 0) {
			nodes[last].next = node;
			break;
		} else {
			atomic_compare_exchange_strong(&tail, &last, next);
		}
	}
	atomic_compare_exchange_strong(&tail, &last, node);
}

/* Returns 0 where the queue is empty. */
static int dequeue(void)
{
	unsigned before;
	unsigned last;
	unsigned first;
	int item;

	for (;;) {
		before = head;
		last = tail;
		first = nodes[before].next;
		if (first == 0)
			return 0;
		if (before == last) {
			atomic_compare_exchange_strong(&tail, &last, first);
			continue;
		}
		item = nodes[first].item;
		if (atomic_compare_exchange_strong(&head, &before, first))
			return item;
	}
}

static void *put(void *item)
{
	unsigned node = *(unsigned *)item + 1;

	nodes[node].item = *(int *)item;
	enqueue(node);
	return NULL;
}

static void *take(void *taken)
{
	*(int *)taken = dequeue();
	return NULL;
}

int main(void)
{
	pthread_t thread[3];
	int items[2] = {1, 2};
	int taken = 0;
	int item;

	pthread_create(&thread[0], NULL, put, &items[0]);
	pthread_create(&thread[1], NULL, put, &items[1]);
	pthread_create(&thread[2], NULL, take, &taken);
	for (int i = 0; i < 3; i++)
		pthread_join(thread[i], NULL);
	sum = taken;
	while ((item = dequeue()) != 0)
		sum += item;
	printf("sum = %d\n", sum);
	return 0;
}
