/*
 * One thread chooses and does what it has chosen, another one ends the process:
 * before that or after, whatever was chosen.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 3 x=0
 * Outcome: exit 3 x=1
 * Executions: 3
 */
#include <explorer.h>
#include <pthread.h>
#include <unistd.h>

static int x;

static void *choose(void *unused)
{
	if (explorer_choose(2))
		x = 1;
	return unused;
}

static void *leave(void *unused)
{
	_exit(3);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, choose, NULL);
	pthread_create(&threads[1], NULL, leave, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return x;
}
