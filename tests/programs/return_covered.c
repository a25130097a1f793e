/*
 * Where the local variable was, another function has its own before its thread
 * comes to a place where others may move: the use is found all the same.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: use-after-return in=look at=use variable=local
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static int *_Atomic shown;
static atomic_int seen;

static void *look(void *unused)
{
	int *at = shown;

	if (at)
		*at = 7; /* use */
	return unused;
}

static void show(void)
{
	int local = 41;

	shown = &local;
}

static void cover(void)
{
	int pad[32];

	pad[0] = 1;
	seen = pad[0];
	seen = 2;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, look, NULL);
	show();
	cover();
	pthread_join(thread, NULL);
	return 0;
}
