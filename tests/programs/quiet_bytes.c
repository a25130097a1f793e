/*
 * Neighbouring bytes of one word are different objects.
 *
 * Watch: word[1] word[2]
 * Verdict: verified
 * Outcome: exit 0 word[1]=1 word[2]=2
 * Executions: 1
 */
#include <pthread.h>

static char word[4];

static void *one(void *unused)
{
	word[1] = 1;
	return unused;
}

static void *two(void *unused)
{
	word[2] = 2;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
