/*
 * Works on heap blocks, some of its own and one that is shared: what does it
 * cost to look whether accesses stay within them?
 */
#include <pthread.h>
#include <stdlib.h>

#define NODES  16
#define ROUNDS 20

struct node {
	struct node *next;
	int value;
};

static struct node *shared;

static struct node *make_list(void)
{
	struct node *list = NULL;

	for (int i = 0; i < NODES; i++) {
		struct node *node = malloc(sizeof(*node));

		node->next = list;
		node->value = i;
		list = node;
	}
	return list;
}

static void free_list(struct node *list)
{
	while (list) {
		struct node *next = list->next;

		free(list);
		list = next;
	}
}

static void *work(void *unused)
{
	struct node *list = make_list();

	for (int i = 0; i < ROUNDS; i++)
		for (struct node *node = list; node; node = node->next)
			node->value++;
	for (int i = 0; i < 4; i++)
		shared->value += list->value;
	free_list(list);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	shared = make_list();
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	free_list(shared);
	return 0;
}
