/*
 * The machine has two processors, whatever the real one has.
 *
 * Watch: processors
 * Verdict: verified
 * Outcome: exit 0 processors=222
 */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/sysinfo.h>
#include <unistd.h>

static int processors;

int main(void)
{
	cpu_set_t set;

	sched_getaffinity(0, sizeof(set), &set);
	processors = (int)sysconf(_SC_NPROCESSORS_ONLN) * 100 +
		     get_nprocs() * 10 + CPU_COUNT(&set);
	return 0;
}
