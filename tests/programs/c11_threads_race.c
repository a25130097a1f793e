/*
 * Two C11 threads increment a plain variable.
 *
 * Watch: x
 * Verdict: findings
 * Outcome: exit 0 x=1
 * Outcome: exit 0 x=2
 * Lost: exit 0 x=1
 * Finding: data-race variable=x operations=read,write in=work,work
 */
#include <threads.h>

static int x;

static int work(void *unused)
{
	(void)unused;
	return x++;
}

int main(void)
{
	thrd_t threads[2];

	for (int i = 0; i < 2; i++)
		thrd_create(&threads[i], work, NULL);
	for (int i = 0; i < 2; i++)
		thrd_join(threads[i], NULL);
	return 0;
}
