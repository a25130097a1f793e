/*
 * A clock that is read without a call, by nobody but us: it counts on in units
 * of its own. Where there is none it stands still.
 */
#ifndef EXPLORER_BASE_CYCLES_H
#define EXPLORER_BASE_CYCLES_H

#include <stdint.h>

static inline uint64_t cycles_now(void)
{
#if defined(__x86_64__)
	return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
	uint64_t count;

	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
	return count;
#else
	return 0;
#endif
}

#endif
