/*
 * A release is seen by whoever reads what read-modify-writes of others have
 * made of it since, whatever order these have: a release sequence. A plain
 * store of another thread ends it.
 *
 * Case: relaxed
 * Verdict: verified
 * Case: release
 * Verdict: verified
 * Case: both
 * Verdict: verified
 * Case: store
 * Verdict: findings
 * Finding: data-race variable=data in=publish,take
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static int data;
static atomic_int flag;
static const char *how = "relaxed";

static void *publish(void *unused)
{
	data = 1;
	atomic_store_explicit(&flag, 1, memory_order_release);
	return unused;
}

static void *add(void *unused)
{
	if (strcmp(how, "store") == 0)
		atomic_store_explicit(&flag, 11, memory_order_release);
	else if (strcmp(how, "release") == 0)
		atomic_fetch_add_explicit(&flag, 10, memory_order_release);
	else if (strcmp(how, "both") == 0)
		atomic_fetch_add_explicit(&flag, 10, memory_order_acq_rel);
	else
		atomic_fetch_add_explicit(&flag, 10, memory_order_relaxed);
	return unused;
}

static void *take(void *unused)
{
	if (atomic_load_explicit(&flag, memory_order_acquire) == 11)
		assert(data == 1 || strcmp(how, "store") == 0);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[3];

	if (argc > 1)
		how = argv[1];
	pthread_create(&threads[0], NULL, publish, NULL);
	pthread_create(&threads[1], NULL, add, NULL);
	pthread_create(&threads[2], NULL, take, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
