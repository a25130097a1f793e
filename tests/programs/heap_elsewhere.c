/*
 * What a thread's second block is, and where it lies, goes by how large its
 * first was: a trace means the block that was shared, not any of that number.
 *
 * Verdict: verified
 * Outcomes: 2
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
	struct node *next;
	int value;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct node *head;

static void *add(void *number)
{
	struct node *node;
	void *first;

	pthread_mutex_lock(&mutex);
	first = malloc(head ? 600 : 8);
	node = malloc(sizeof(*node));
	node->next = head;
	node->value = *(int *)number + (head ? head->value : 0);
	head = node;
	pthread_mutex_unlock(&mutex);
	free(first);
	return NULL;
}

int main(void)
{
	static int numbers[] = {1, 2};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, add, &numbers[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	printf("%d\n", head->next->value);
	return 0;
}
