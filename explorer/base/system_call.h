/*
 * System calls as such.
 *
 * libc's functions for calls that may wait are points where a thread can be
 * cancelled: as soon as there may be several threads they write that into the
 * thread's block, the program's memory. These write nothing but, where the call
 * fails, errno.
 */
#ifndef EXPLORER_BASE_SYSTEM_CALL_H
#define EXPLORER_BASE_SYSTEM_CALL_H

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's answer; -1 with errno. Arguments as the kernel has them. */
static inline long system_call(long number, const uintptr_t arguments[6])
{
	long answer;

#if defined(__x86_64__)
	register uintptr_t fourth __asm__("r10") = arguments[3];
	register uintptr_t fifth __asm__("r8") = arguments[4];
	register uintptr_t sixth __asm__("r9") = arguments[5];

	__asm__ volatile("syscall"
			 : "=a"(answer)
			 : "a"(number), "D"(arguments[0]), "S"(arguments[1]),
			   "d"(arguments[2]), "r"(fourth), "r"(fifth),
			   "r"(sixth)
			 : "rcx", "r11", "memory");
#elif defined(__aarch64__)
	register long which __asm__("x8") = number;
	register uintptr_t first __asm__("x0") = arguments[0];
	register uintptr_t second __asm__("x1") = arguments[1];
	register uintptr_t third __asm__("x2") = arguments[2];
	register uintptr_t fourth __asm__("x3") = arguments[3];
	register uintptr_t fifth __asm__("x4") = arguments[4];
	register uintptr_t sixth __asm__("x5") = arguments[5];

	__asm__ volatile("svc 0"
			 : "+r"(first)
			 : "r"(which), "r"(second), "r"(third), "r"(fourth),
			   "r"(fifth), "r"(sixth)
			 : "memory");
	answer = (long)first;
#else
	return syscall(number, arguments[0], arguments[1], arguments[2],
		       arguments[3], arguments[4], arguments[5]);
#endif
	if (answer >= -4095 && answer < 0) {
		errno = (int)-answer;
		return -1;
	}
	return answer;
}

#endif
