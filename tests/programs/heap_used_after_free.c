/*
 * One thread frees what another still looks at: found in the executions in
 * which the look comes too late.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race in=drop,main
 * Finding: use-after-free at=look
 *     message=main reads heap block of 40 bytes from make()
 */
#include <pthread.h>
#include <stdlib.h>

struct node {
	long key;
	long value;
	char text[20];
};

static struct node *make(void)
{
	return calloc(1, sizeof(struct node));
}

static void *drop(void *node)
{
	free(node);
	return NULL;
}

int main(void)
{
	struct node *node = make();
	pthread_t thread;
	long seen;

	if (!node)
		return 1;
	pthread_create(&thread, NULL, drop, node);
	seen = node->value; /* look */
	pthread_join(thread, NULL);
	return seen > 100;
}
