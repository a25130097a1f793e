/*
 * Blocks that are still there when the program exits and that something points
 * to: variables, other blocks, their middles, stacks, thread-specific values,
 * arguments and results of threads, and what libc keeps.
 *
 * Options: --leaks
 * Verdict: verified
 */
#include <pthread.h>
#include <search.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
	struct node *next;
	char text[24];
};

static struct node *list;
static char *middle;
static __thread char *own;
static pthread_key_t key;
static void *tree;

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void push(const char *text)
{
	struct node *node = malloc(sizeof(*node));

	node->next = list;
	strcpy(node->text, text);
	list = node;
}

static void say_bye(void)
{
	list->text[0] = 'b';
}

static void *sleep_for_ever(void *argument)
{
	static sem_t never;
	char *local = malloc(12);

	local[0] = *(char *)argument;
	sem_init(&never, 0, 0);
	sem_wait(&never);
	free(local);
	return NULL;
}

static void *give_back(void *unused)
{
	(void)unused;
	return malloc(13);
}

int main(void)
{
	char *argument = calloc(1, 14);
	pthread_t sleeper;
	pthread_t giver;

	push("one");
	push("two");
	middle = malloc(20);
	middle += 10;
	own = malloc(15);
	pthread_key_create(&key, free);
	pthread_setspecific(key, malloc(16));
	tsearch(strdup("leaf"), &tree, compare);
	setenv("NAME", "value", 1);
	setvbuf(stdout, malloc(BUFSIZ), _IOFBF, BUFSIZ);
	atexit(say_bye);
	pthread_create(&giver, NULL, give_back, NULL);
	pthread_create(&sleeper, NULL, sleep_for_ever, argument);
	exit(0);
}
