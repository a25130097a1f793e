/*
 * What the C++ library goes by to count references without atomic operations:
 * there are several threads from when the first one is created.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <pthread.h>
#include <sys/single_threaded.h>

static void *look(void *ret_single)
{
	*(int *)ret_single = __libc_single_threaded;
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int single = 1;

	if (!__libc_single_threaded)
		return 1;
	pthread_create(&thread, NULL, look, &single);
	if (__libc_single_threaded)
		return 2;
	pthread_join(thread, NULL);
	return single ? 3 : 0;
}
