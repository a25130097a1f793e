/*
 * Structs too large for an instruction are atomic as well.
 *
 * Watch: torn
 * Flags: -latomic
 * Verdict: verified
 * Outcome: exit 0 torn=0
 * Executions: 2
 */
#include <pthread.h>
#include <stdatomic.h>

struct wide {
	long first;
	long second;
	long third;
};

static _Atomic struct wide shared;
static int torn;

static void *writer(void *unused)
{
	struct wide ones = {1, 1, 1};

	atomic_store(&shared, ones);
	return unused;
}

static void *reader(void *unused)
{
	struct wide copy = atomic_load(&shared);

	if (copy.first != copy.third)
		torn = 1;
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, writer, NULL);
	pthread_create(&second, NULL, reader, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
