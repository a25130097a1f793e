/*
 * The switch for x86-64, System V calling convention.
 *
 * The frame, from fiber->sp up: MXCSR and x87 control word, r15, r14, r13, r12,
 * rbx, rbp, return address (fiber_frame.h).
 *
 * It ends in `ret`, although the processor's return predictor knows nothing of
 * the other stack. `pop; jmp` is 9 ns faster there and back where the two
 * sides do nothing else, but leaves the predictor one entry behind, and so
 * misses every further return. Fibers that come and go through the same chain
 * of callers take 18 ns with `ret` and 50 ns with `jmp`.
 */
#include "world/fiber_frame.h"

#ifdef FIBER_X86_64

	.text

/* void fiber_switch(struct fiber *from, const struct fiber *to) */
	.globl	fiber_switch
	.hidden	fiber_switch
	.type	fiber_switch, @function
	.p2align 4
fiber_switch:
	.cfi_startproc
	endbr64
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbp, 0
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %rbx, 0
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %r12, 0
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %r13, 0
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %r14, 0
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset %r15, 0
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	/* The word's upper half is zeroed first: the bytes that no register
	 * fills are part of the state's identity. */
	movl	$0, 4(%rsp)
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	movl	(%rsp), %eax
	movzwl	4(%rsp), %ecx

	movq	%rsp, (%rdi)
	movq	(%rsi), %rsp

	/* Nearly always both are as they were, and loading them anew would
	 * wait for all floating-point work in flight. */
	cmpl	(%rsp), %eax
	jne	2f
1:	cmpw	4(%rsp), %cx
	jne	3f
.Lresume:
	.cfi_remember_state
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%r15
	.cfi_adjust_cfa_offset -8
	.cfi_restore %r15
	popq	%r14
	.cfi_adjust_cfa_offset -8
	.cfi_restore %r14
	popq	%r13
	.cfi_adjust_cfa_offset -8
	.cfi_restore %r13
	popq	%r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore %r12
	popq	%rbx
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbx
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore %rbp
	ret
	.cfi_restore_state
2:	ldmxcsr	(%rsp)
	jmp	1b
3:	fldcw	4(%rsp)
	jmp	.Lresume
	.cfi_endproc
	.size	fiber_switch, . - fiber_switch

/*
 * _Noreturn void fiber_jump(const struct fiber *to)
 *
 * Whoever is left behind may have crashed anywhere: the direction flag may be
 * set, and the x87 registers may be in use, which would leave too few of
 * them to everybody after it.
 */
	.globl	fiber_jump
	.hidden	fiber_jump
	.type	fiber_jump, @function
	.p2align 4
fiber_jump:
	.cfi_startproc
	.cfi_undefined %rip
	endbr64
	movq	(%rdi), %rsp
	cld
	fninit
	ldmxcsr	(%rsp)
	fldcw	4(%rsp)
	jmp	.Lresume
	.cfi_endproc
	.size	fiber_jump, . - fiber_jump

/*
 * Where the first switch to a fiber returns to. The switch has zeroed the
 * callee-saved registers already.
 */
	.globl	fiber_start
	.hidden	fiber_start
	.type	fiber_start, @function
	.p2align 4
fiber_start:
	.cfi_startproc
	.cfi_undefined %rip
	endbr64
	cld
	movq	8 * (FIBER_START_ARGUMENT - FIBER_FRAME_WORDS)(%rsp), %rdi
	xorl	%eax, %eax
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%esi, %esi
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	pxor	%xmm\n, %xmm\n
	.endr
	call	*8 * (FIBER_START_ENTRY - FIBER_FRAME_WORDS)(%rsp)
	/* entry has returned, and there is nowhere to go. */
	ud2
	.cfi_endproc
	.size	fiber_start, . - fiber_start

#endif

	.section .note.GNU-stack, "", @progbits
