/*
 * Which switch is built, and how an assembly switch lays out the stack of a
 * suspended fiber. Read by the assembler too, so there is nothing but macros
 * here.
 *
 * Offsets are from fiber->sp, in 8-byte words. fiber_switch writes the frame of
 * FIBER_FRAME_WORDS words; a fiber that has not started has, above it, the
 * words that fiber_start reads. All other words of a new frame are zero: they
 * are registers, or end the chain of return addresses.
 */
#ifndef EXPLORER_WORLD_FIBER_FRAME_H
#define EXPLORER_WORLD_FIBER_FRAME_H

#ifdef FIBER_UCONTEXT
/* Asked for by whoever builds. */
#elif defined(__x86_64__) && defined(__LP64__)
#define FIBER_X86_64	      1
#define FIBER_FRAME_WORDS     8
#define FIBER_FRAME_CONTROL   0 /* MXCSR, and above it the x87 control word */
#define FIBER_FRAME_RETURN    7
/* Round to nearest, every exception masked. */
#define FIBER_CONTROL_DEFAULT 0x0000037f00001f80
#elif defined(__aarch64__) && defined(__LP64__)
#define FIBER_AARCH64	      1
#define FIBER_FRAME_WORDS     22
#define FIBER_FRAME_CONTROL   20 /* FPCR, and above it FPSR */
#define FIBER_FRAME_RETURN    11
#define FIBER_CONTROL_DEFAULT 0
#else
#define FIBER_UCONTEXT 1
#endif

#ifndef FIBER_UCONTEXT
/* Two words of zeros follow, so that the stack is aligned to 16 and reads as
 * ended to whoever walks it by frame pointer. */
#define FIBER_START_ENTRY    FIBER_FRAME_WORDS
#define FIBER_START_ARGUMENT (FIBER_FRAME_WORDS + 1)
#define FIBER_START_WORDS    4
#endif

#endif
