/*
 * The pointer is looked at before it is followed.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=5
 * Outcome: exit 0 x=0
 */
#include <pthread.h>

static int object = 5;
static int *pointer;
static int x;

static void *publish(void *unused)
{
	__atomic_store_n(&pointer, &object, __ATOMIC_SEQ_CST);
	return unused;
}

static void *follow(void *unused)
{
	int *local = __atomic_load_n(&pointer, __ATOMIC_SEQ_CST);

	if (local == NULL)
		return unused;
	x = *local; /* here */
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, publish, NULL);
	pthread_create(&second, NULL, follow, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
