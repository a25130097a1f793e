/*
 * A function of libc that nothing is known of is called beside another thread,
 * and by the only one that there is.
 *
 * Case: beside
 * Verdict: incomplete
 * Incomplete: uncontrolled-call
 * Case: alone
 * Verdict: verified
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <search.h>
#include <string.h>

static void *look(void *unused)
{
	struct hsearch_data table = {0};

	hcreate_r(4, &table);
	hdestroy_r(&table);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1 && strcmp(argv[1], "alone") == 0) {
		look(NULL);
		return 0;
	}
	pthread_create(&thread, NULL, look, NULL);
	pthread_join(thread, NULL);
	return 0;
}
