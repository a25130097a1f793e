/*
 * What functions of libc do to memory that threads share is seen: a string that
 * is printed, numbers that are scanned, text that is cut up.
 *
 * Options: --strategy dpor
 * Verdict: findings
 * Finding: data-race variable=name in=print,change at=printed,changed
 * Finding: data-race variable=number in=scan,count at=scanned,counted
 * Finding: data-race variable=text in=cut,look at=cut,looked
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char name[8] = "old";
static int number;
static char text[8] = "a,b";

static void *print(void *unused)
{
	char line[32];

	snprintf(line, sizeof(line), "%.3s", name); /* printed */
	return unused;
}

static void *change(void *unused)
{
	name[0] = 'g'; /* changed */
	return unused;
}

static void *scan(void *unused)
{
	int first;

	sscanf("4 5", "%d %d", &first, &number); /* scanned */
	return unused;
}

static void *count(void *unused)
{
	number++; /* counted */
	return unused;
}

static void *cut(void *unused)
{
	char *rest;

	strtok_r(text, ",", &rest); /* cut */
	return unused;
}

static void *look(void *unused)
{
	return text[1] == 'x' ? NULL : unused; /* looked */
}

static void run(void *(*one)(void *), void *(*other)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, one, NULL);
	pthread_create(&threads[1], NULL, other, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

int main(void)
{
	run(print, change);
	run(scan, count);
	run(cut, look);
	return 0;
}
