/*
 * Time passes by sleeping, and costs none.
 *
 * Watch: slept napped
 * Verdict: verified
 * Outcome: exit 0 napped=1 slept=1
 */
#include <time.h>
#include <unistd.h>

static long slept;
static long napped;

int main(void)
{
	struct timespec before;
	struct timespec after;
	time_t start = time(NULL);

	sleep(3600);
	slept = time(NULL) - start;
	clock_gettime(CLOCK_MONOTONIC, &before);
	nanosleep(&(struct timespec){2, 500000000}, NULL);
	usleep(500000);
	clock_gettime(CLOCK_MONOTONIC, &after);
	napped = (after.tv_sec - before.tv_sec) * 1000 +
		 (after.tv_nsec - before.tv_nsec) / 1000000;
	napped = napped >= 3000 && napped < 4000;
	slept = slept >= 3600 && slept <= 3601;
	return 0;
}
