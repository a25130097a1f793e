/*
 * Two threads cut up texts of their own with strtok(), which keeps one place
 * for all: each call needs to know where the last one stopped.
 *
 * Verdict: findings
 * Finding: data-race variable=strtok in=cut,cut
 * Finding: any
 */
#include <pthread.h>
#include <string.h>

static void *cut(void *text)
{
	strtok(text, " ");
	strtok(NULL, " ");
	return NULL;
}

int main(void)
{
	static char texts[2][8] = {"a b c", "d e f"};
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, cut, texts[i]);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
