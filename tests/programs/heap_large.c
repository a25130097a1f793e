/*
 * A hundred megabytes of the heap, cleared and freed, cost what is used of
 * them: nothing to speak of.
 *
 * Watch: sum
 * Verdict: verified
 * Outcome: exit 0 sum=2
 */
#include <pthread.h>
#include <stdlib.h>

#define BYTES ((size_t)100 << 20)

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static void *work(void *unused)
{
	char *block = calloc(1, BYTES);

	if (!block)
		return unused;
	block[BYTES / 2] = 1;
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&m);
		sum += block[BYTES / 4 * (size_t)i];
		pthread_mutex_unlock(&m);
	}
	free(block);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
