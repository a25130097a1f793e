/*
 * A Treiber stack: blocks that become visible when they are allocated.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
	struct node *next;
	int v;
};
_Atomic(struct node *) top;
int popped[2];

static void push(int v)
{
	struct node *n = malloc(sizeof *n);
	n->v = v;
	n->next = atomic_load(&top);
	while (!atomic_compare_exchange_strong(&top, &n->next, n))
		;
}

static int pop(void)
{
	struct node *n = atomic_load(&top);
	while (n && !atomic_compare_exchange_strong(&top, &n, n->next))
		;
	return n ? n->v : -1;
}

static void *a(void *p)
{
	long i = (long)p;

	push((int)i * 10 + 1);
	popped[i] = pop();
	return 0;
}

int main(void)
{
	pthread_t t[2];

	for (long i = 0; i < 2; i++)
		pthread_create(&t[i], 0, a, (void *)i);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], 0);
	printf("%d %d:", popped[0], popped[1]);
	int v;
	while ((v = pop()) >= 0)
		printf(" %d", v);
	printf("\n");
	return 0;
}
