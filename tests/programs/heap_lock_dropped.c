/*
 * A lock that lies in the block which it protects: the last one to go must not
 * free it while another is about to take it.
 *
 * Verdict: findings
 * Finding: data-race in=leave,leave
 * Finding: use-after-free in=leave at=lock
 *     message=uses heap block of 48 bytes
 * Finding: use-after-free in=leave at=count
 * Finding: use-after-free in=leave at=unlock
 * Outcomes: 1
 */
#include <pthread.h>
#include <stdlib.h>

struct object {
	pthread_mutex_t lock;
	int users;
};

static void *leave(void *argument)
{
	struct object *object = argument;
	int left;

	pthread_mutex_lock(&object->lock);   /* lock */
	left = --object->users;		     /* count */
	pthread_mutex_unlock(&object->lock); /* unlock */
	if (left == 1)
		free(object);
	return NULL;
}

int main(void)
{
	struct object *object = malloc(sizeof(*object));
	pthread_t first;
	pthread_t second;

	if (!object)
		return 1;
	pthread_mutex_init(&object->lock, NULL);
	object->users = 2;
	pthread_create(&first, NULL, leave, object);
	pthread_create(&second, NULL, leave, object);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
