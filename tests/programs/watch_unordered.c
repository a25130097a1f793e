/*
 * Two threads give the same name, and main does not wait for them: which of the
 * two it stands for in the end, and whether it was given at all, depends on the
 * schedule. The names that only one of them gives make no difference of order.
 *
 * Verdict: verified
 * Outcome: exit 0
 * Outcome: exit 0 a=1
 * Outcome: exit 0 b=2
 * Outcome: exit 0 a=1 name=1
 * Outcome: exit 0 b=2 name=2
 * Outcome: exit 0 a=1 b=2
 * Outcome: exit 0 a=1 b=2 name=1
 * Outcome: exit 0 a=1 b=2 name=2
 */
#include <explorer.h>
#include <pthread.h>

static int one = 1;
static int two = 2;

static void *first(void *unused)
{
	explorer_watch("a", &one, sizeof(one));
	explorer_watch("name", &one, sizeof(one));
	return unused;
}

static void *second(void *unused)
{
	explorer_watch("b", &two, sizeof(two));
	explorer_watch("name", &two, sizeof(two));
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	return 0;
}
