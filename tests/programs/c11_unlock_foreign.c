/*
 * In C11 whoever unlocks a mutex, or waits with it, is to hold it. A recursive
 * one answers an error, which nobody looks at here.
 *
 * Case: unlock
 * Verdict: findings
 * Finding: misuse in=work at=unlock message=T1 unlocks lock mutex, which
 * Case: free
 * Verdict: findings
 * Finding: misuse in=work at=unlock message=T1 unlocks lock mutex, which
 * Case: wait
 * Verdict: findings
 * Finding: misuse in=work at=wait message=with a lock that it does not hold
 * Case: held
 * Verdict: verified
 */
#include <string.h>
#include <threads.h>

static const char *sort = "unlock";
static mtx_t mutex;
static cnd_t condition;

static int work(void *unused)
{
	(void)unused;
	if (strcmp(sort, "wait") == 0) {
		cnd_wait(&condition, &mutex); /* wait */
		return 0;
	}
	if (strcmp(sort, "held") == 0)
		mtx_lock(&mutex);
	mtx_unlock(&mutex); /* unlock */
	return 0;
}

int main(int argc, char **argv)
{
	thrd_t thread;

	if (argc > 1)
		sort = argv[1];
	mtx_init(&mutex, mtx_plain | mtx_recursive);
	cnd_init(&condition);
	if (strcmp(sort, "unlock") == 0)
		mtx_lock(&mutex);
	thrd_create(&thread, work, NULL);
	thrd_join(thread, NULL);
	if (strcmp(sort, "unlock") == 0)
		mtx_unlock(&mutex);
	cnd_destroy(&condition);
	mtx_destroy(&mutex);
	return 0;
}
