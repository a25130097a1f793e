/*
 * Of 16 bytes that one thread reads twice, another one writes the upper eight.
 *
 * Watch: first second
 * Verdict: findings
 * Outcome: exit 0 first=0 second=0
 * Outcome: exit 0 first=0 second=7
 * Outcome: exit 0 first=7 second=7
 * Finding: data-race operations=read,write in=look,change at=one,half
 * Finding: data-race operations=read,write in=look,change at=two,half
 */
#include <pthread.h>
#include <stddef.h>

static union {
	__int128 whole;
	long halves[2];
} value;
static long first;
static long second;

static void *look(void *unused)
{
	__int128 once = value.whole;  /* one */
	__int128 again = value.whole; /* two */

	first = (long)(once >> 64);
	second = (long)(again >> 64);
	return unused;
}

static void *change(void *unused)
{
	value.halves[1] = 7; /* half */
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, look, NULL);
	pthread_create(&threads[1], NULL, change, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
