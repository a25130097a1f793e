/*
 * What the program has named can be expected of as variables are. Where nothing
 * has the name by the end, because the block was freed, what is expected of it
 * does not hold.
 *
 * Case: 0
 * Options: --expect count==2
 * Verdict: findings
 * Outcome: exit 0 count=1
 * Outcome: exit 0 count=2
 * Finding: data-race variable=block
 * Finding: unexpected-value message=count = 1, where count==2 was expected
 * Case: 1
 * Options: --expect count==2
 * Verdict: verified
 * Outcome: exit 0 count=2
 * Case: 2
 * Options: --expect count==2
 * Verdict: findings
 * Outcome: exit 0
 * Finding: unexpected-value
 *     message=where count==2 was expected; nothing is called count then
 */
#include <explorer.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int way;

static void *adder(void *count)
{
	if (way > 0)
		pthread_mutex_lock(&lock);
	++*(short *)count;
	if (way > 0)
		pthread_mutex_unlock(&lock);
	return NULL;
}

int main(int argc, char **argv)
{
	short *count = malloc(sizeof(*count));
	pthread_t threads[2];

	way = argc > 1 ? atoi(argv[1]) : 0;
	*count = 0;
	explorer_watch("count", count, sizeof(*count));
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, adder, count);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	if (way == 2)
		free(count);
	return 0;
}
