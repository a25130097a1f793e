/*
 * The message is read only after its flag was seen, released by the writer and
 * acquired by the reader.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=0
 * Outcome: exit 0 x=7
 */
#include <pthread.h>

static int message;
static int flag;
static int x;

static void *sender(void *unused)
{
	message = 7;
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	return unused;
}

static void *receiver(void *unused)
{
	if (__atomic_load_n(&flag, __ATOMIC_ACQUIRE))
		x = message;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, sender, NULL);
	pthread_create(&second, NULL, receiver, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
