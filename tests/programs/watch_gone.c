/*
 * What a program watches is not shown once it is freed, once its thread has
 * ended, and once the name has been taken from it; a name given anew stands
 * for the other variable. What is alive is shown: a frame of main, too.
 *
 * Verdict: verified
 * Outcome: exit 0 local=-3 other=2 same=7
 * Outcomes: 1
 */
#include <explorer.h>
#include <pthread.h>
#include <stdlib.h>

static int first = 1;
static long second = 2;
static int third = 3;

static void *leave(void *unused)
{
	int gone = 5;

	explorer_watch("gone", &gone, sizeof(gone));
	return unused;
}

int main(void)
{
	int *freed = malloc(sizeof(*freed));
	int *kept = malloc(sizeof(*kept));
	volatile int local = -5;
	pthread_t thread;

	pthread_create(&thread, NULL, leave, NULL);
	pthread_join(thread, NULL);
	*kept = 7;
	*freed = 8;
	explorer_watch("freed", freed, sizeof(*freed));
	explorer_watch("same", kept, sizeof(*kept));
	explorer_watch("other", &first, sizeof(first));
	explorer_watch("other", &second, sizeof(second));
	explorer_watch("third", &third, sizeof(third));
	explorer_watch("third", NULL, 0);
	explorer_watch("local", &local, sizeof(local));
	free(freed);
	local += 2;
	exit(0);
}
