/*
 * Blocks that nothing points to any more when the program exits: a pointer that
 * was overwritten, the head of a list, a circle, what a thread kept for itself,
 * and a block that one thread takes from another in some schedules only.
 *
 * Options: --leaks
 * Verdict: findings
 * Finding: leak in=forget at=forgotten message=10 bytes in 1 block from
 * Finding: leak in=main at=overwritten message=48 bytes in 3 blocks
 * Finding: leak in=push at=listed message=32 bytes in 2 blocks from push()
 * Finding: leak in=main at=circle message=16 bytes in 1 block from main()
 * Finding: leak in=keep at=own message=9 bytes in 1 block from keep()
 * Finding: leak in=replace at=exchanged
 */
#include <pthread.h>
#include <stdlib.h>

struct node {
	struct node *next;
	int value;
};

static __thread char *own;
static struct node *list;
static char *slot;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void forget(void)
{
	char *text = malloc(10); /* forgotten */

	text[0] = 'a';
}

static void push(void)
{
	struct node *node = malloc(sizeof(*node)); /* listed */

	node->next = list;
	list = node;
}

/* Whoever comes last wins; the other one's block is lost. */
static void replace(void)
{
	char *mine = malloc(5); /* exchanged */

	pthread_mutex_lock(&lock);
	slot = mine;
	pthread_mutex_unlock(&lock);
}

static void *keep(void *unused)
{
	own = malloc(9); /* own */
	replace();
	return unused;
}

int main(void)
{
	struct node *circle = malloc(sizeof(*circle)); /* circle */
	struct node *other = malloc(sizeof(*other));
	pthread_t thread;

	circle->next = other;
	other->next = circle;
	for (int i = 0; i < 3; i++)
		slot = malloc(16); /* overwritten */
	forget();
	push();
	push();
	list = NULL;
	push();
	list->next = malloc(16);
	list = NULL;
	pthread_create(&thread, NULL, keep, NULL);
	replace();
	pthread_join(thread, NULL);
	return 0;
}
