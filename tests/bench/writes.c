/*
 * A heap of 1 MB that is in use: a thread fills it, then two write here and
 * there, one at a time. For figures of the search that visits states.
 *
 *     writes [WRITES]      30 by default
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BYTES ((size_t)1 << 20)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t filled;
static unsigned char *block;
static unsigned writes = 30;
static unsigned drawn;

static void *work(void *is_first)
{
	if (is_first)
		memset(block, 1, BYTES);
	pthread_barrier_wait(&filled);
	for (unsigned i = 0; i < writes; i++) {
		pthread_mutex_lock(&mutex);
		drawn = drawn * 1103515245U + 12345U;
		block[(drawn >> 8) % BYTES]++;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[2];

	if (argc > 1)
		writes = (unsigned)atoi(argv[1]);
	block = malloc(BYTES);
	pthread_barrier_init(&filled, NULL, 2);
	pthread_create(&threads[0], NULL, work, block);
	pthread_create(&threads[1], NULL, work, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	free(block);
	return 0;
}
