/*
 * Memory that is used again, of the stack and of the heap, is not initialised
 * twice.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <stdlib.h>

static void on_the_stack(void)
{
	pthread_mutex_t mutex;

	pthread_mutex_init(&mutex, NULL);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
}

static void on_the_heap(void)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	pthread_mutex_init(mutex, NULL);
	free(mutex);
}

int main(void)
{
	for (int i = 0; i < 3; i++) {
		on_the_stack();
		on_the_heap();
	}
	return 0;
}
