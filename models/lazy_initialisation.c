/*
 * A value that is made when it is first needed, by whoever needs it first. Two
 * threads find it missing and both make one; the second overwrites the first,
 * and they go on with different ones.
 *
 * Watch: made
 * Verdict: findings
 * Outcome: exit 0 made=1 "1 and 1\n"
 * Outcome: exit 0 made=2 "1 and 1\n"
 * Outcome: exit 0 made=2 "1 and 2\n"
 * Outcome: exit 0 made=2 "2 and 1\n"
 * Outcome: exit 0 made=2 "2 and 2\n"
 * Finding: data-race variable=value in=get,get at=missing,store
 * Finding: data-race variable=value in=get,get at=store,store
 * Finding: data-race variable=value in=get,get at=store,use
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

atomic_int made;
static int value;
static int seen[2];

static int make(void)
{
	return atomic_fetch_add(&made, 1) + 1;
}

static int get(void)
{
	if (value == 0)		/* missing */
		value = make(); /* store */
	return value;		/* use */
}

static void *use(void *result)
{
	*(int *)result = get();
	return NULL;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, use, &seen[0]);
	pthread_create(&two, NULL, use, &seen[1]);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	printf("%d and %d\n", seen[0], seen[1]);
	return 0;
}
