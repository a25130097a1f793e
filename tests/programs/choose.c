/*
 * Two threads choose one of three, each: nine executions, whatever the search.
 *
 * Watch: chosen
 * Verdict: verified
 * Executions: 9
 * Outcomes: 9
 */
#include <explorer.h>
#include <pthread.h>

static unsigned parts[2];
static unsigned chosen;

static void *chooser(void *part)
{
	*(unsigned *)part = explorer_choose(3);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, chooser, &parts[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	chosen = parts[0] * 3 + parts[1];
	return 0;
}
