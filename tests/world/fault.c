/*
 * See fault.h.
 */
#include "world/fault.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <sys/mman.h>

#include "world/layout.h"

/* A signal handler has no parameter for them. */
static struct pages *heated;
static unsigned handled;

static void on_fault(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (pages_heat(heated, (uintptr_t)info->si_addr))
		handled++;
	else
		signal(number, SIG_DFL);
}

void faults_heat(struct pages *pages)
{
	struct sigaction action = {.sa_flags = SA_SIGINFO,
				   .sa_sigaction = on_fault};

	heated = pages;
	cr_assert(zero(int, sigaction(SIGSEGV, &action, NULL)));
}

unsigned faults_handled(void)
{
	return handled;
}

void *pages_new(size_t count)
{
	void *pages = mmap(NULL, count * PAGE_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	cr_assert(ne(ptr, pages, MAP_FAILED));
	return pages;
}
