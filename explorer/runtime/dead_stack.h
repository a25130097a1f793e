/*
 * What lies below the stack pointer of a green thread.
 *
 * Functions of ours that run there leave something behind, more or less of it
 * according to what the search knows already; and functions that leave gaps in
 * their frames, ours and the program's, would show it. But the same thread in
 * the same state is to be the same to the last byte. So what depends on what is
 * known is done further down, by a function that begins with DEAD_STACK_SKIP
 * and has hardly anything else on the stack: it leaves what is near as it was.
 * Not if it waits for its turn: all that would be part of what it waits with.
 */
#ifndef EXPLORER_RUNTIME_DEAD_STACK_H
#define EXPLORER_RUNTIME_DEAD_STACK_H

#include "runtime/runtime.h"

/* More than our own functions take while a thread waits. */
#define DEAD_STACK_SKIPPED 4096

/* What the function calls has its frames that much further down. */
#define DEAD_STACK_SKIP                                                        \
	do {                                                                   \
		uint8_t skipped[DEAD_STACK_SKIPPED];                           \
                                                                               \
		__asm__ volatile("" : : "r"(skipped));                         \
	} while (0)

/* The same of registers in which a function may get arguments: one with a
 * variable number of them puts all of them on its stack. At the end of what
 * depends on what is known, and where that is not needed. */
#if defined(__x86_64__)
#define DEAD_REGISTERS_XOR(P)                                                  \
	"xor " P "edi, " P "edi; "                                             \
	"xor " P "esi, " P "esi; "                                             \
	"xor " P "edx, " P "edx; "                                             \
	"xor " P "ecx, " P "ecx; "                                             \
	"xor " P "r8d, " P "r8d; "                                             \
	"xor " P "r9d, " P "r9d; "
#define DEAD_REGISTERS_CLEAR                                                   \
	__asm__ volatile(DEAD_REGISTERS_XOR("%%")::                            \
				 : "rdi", "rsi", "rdx", "rcx", "r8", "r9",     \
				   "cc")
#else
#define DEAD_REGISTERS_CLEAR (void)0
#endif

/* Defines the function `name`, of five arguments: it calls `settle` with the
 * same ones, that much further down. If that returns something, `late` goes on
 * with it. Of the function itself nothing is left on the stack: not by code
 * that a compiler makes, which keeps where to return to. `settle` and `late`
 * are static, noinline and used; `name` is called as the last thing that a
 * function with a frame does. */
#if defined(__x86_64__)
_Static_assert(DEAD_STACK_SKIPPED % 16 == 0, "the stack is to stay aligned");
#define DEAD_STACK_TEXT_OF(number) #number
#define DEAD_STACK_TEXT(number)	   DEAD_STACK_TEXT_OF(number)
/* clang-format off */
#define DEAD_STACK_FORWARD(name, settle, late)                                 \
	__asm__(".pushsection .text\n"                                         \
		".globl " #name "\n"                                           \
		".hidden " #name "\n"                                          \
		".type " #name ", @function\n"                                 \
		#name ":\n"                                                    \
		"	.cfi_startproc\n"                                      \
		/* As its caller has done. */                                  \
		"	push %rbp\n"                                           \
		"	.cfi_def_cfa_offset 16\n"                              \
		"	.cfi_offset %rbp, -16\n"                               \
		"	mov %rsp, %rbp\n"                                      \
		"	.cfi_def_cfa_register %rbp\n"                          \
		"	sub $" DEAD_STACK_TEXT(DEAD_STACK_SKIPPED) ", %rsp\n"  \
		"	call " #settle "\n"                                    \
		"	mov %rax, %rdi\n"                                      \
		"	leave\n"                                               \
		"	.cfi_def_cfa %rsp, 8\n"                                \
		"	test %rax, %rax\n"                                     \
		"	jne " #late "\n"                                       \
		"	" DEAD_REGISTERS_XOR("%") "\n"                         \
		"	ret\n"                                                 \
		"	.cfi_endproc\n"                                        \
		".size " #name ", . - " #name "\n"                             \
		".popsection")
/* clang-format on */
#endif

/* Zeroes about a quarter of a kilobyte below the caller's frame. Of what the
 * caller itself has on the stack nothing changes. */
ON_FIBER void dead_stack_clean(void);

#endif
