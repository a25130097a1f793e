/*
 * The switch for x86-64, System V calling convention.
 *
 * The frame, from fiber->sp up: MXCSR, x87 control word and exception flags,
 * r15, r14, r13, r12, rbx, rbp, return address. A fiber that has not started
 * has that frame with fiber_start for a return address, and above it what
 * fiber_start reads: entry, argument, and two words of zeros, which align the
 * stack and end it for whoever walks it by frame pointer.
 *
 * It ends in `ret`, although the processor's return predictor knows nothing of
 * the other stack. `pop; jmp` is 9 ns faster there and back where the two
 * sides do nothing else, but leaves the predictor one entry behind, and so
 * misses every further return. Fibers that come and go through the same chain
 * of callers take 18 ns with `ret` and 50 ns with `jmp`.
 */

#define FRAME_MXCSR	0
#define FRAME_X87	4
#define FRAME_RETURN	56
#define FRAME_BYTES	64
#define START_ENTRY	64
#define START_ARGUMENT	72
#define START_BYTES	96

/* Of the status word: what comparisons leave there is dead at a call. */
#define X87_FLAGS	0x7f
/* The x87 unit after fninit: no flag is set. */
#define X87_INITIAL	0x037f
/* An x87 environment, as fnstenv lays it out. */
#define X87_ENVIRONMENT	32
#define X87_CONTROL	0
#define X87_STATUS	4

	.bss
	.type	keeps_flags, @object
keeps_flags:
	.byte	0
	.size	keeps_flags, 1

	.text

/* void fiber_keep_flags(void) */
	.globl	fiber_keep_flags
	.hidden	fiber_keep_flags
	.type	fiber_keep_flags, @function
	.p2align 4
fiber_keep_flags:
	.cfi_startproc
	endbr64
	movb	$1, keeps_flags(%rip)
	ret
	.cfi_endproc
	.size	fiber_keep_flags, . - fiber_keep_flags

/* The x87 flags in the upper half of ecx. fnstsw alone is a fifth of what all
 * else takes to switch there and back. */
.macro	ADD_X87_FLAGS
	fnstsw	%ax
	andl	$X87_FLAGS, %eax
	shll	$16, %eax
	orl	%eax, %ecx
.endm

/*
 * void fiber_init(struct fiber *fiber, void *stack_low, size_t stack_bytes,
 *		   void (*entry)(void *), void *argument)
 */
	.globl	fiber_init
	.hidden	fiber_init
	.type	fiber_init, @function
	.p2align 4
fiber_init:
	.cfi_startproc
	endbr64
	leaq	(%rsi, %rdx), %rax
	andq	$-16, %rax
	leaq	-START_BYTES(%rax), %rsi
	pxor	%xmm0, %xmm0
	.irp	offset, 0, 16, 32, 48, 64, 80
	movaps	%xmm0, \offset(%rsi)
	.endr
	leaq	fiber_start(%rip), %rdx
	movq	%rdx, FRAME_RETURN(%rsi)
	movq	%rcx, START_ENTRY(%rsi)
	movq	%r8, START_ARGUMENT(%rsi)
	stmxcsr	FRAME_MXCSR(%rsi)
	fnstcw	FRAME_X87(%rsi)
	movzwl	FRAME_X87(%rsi), %ecx
	cmpb	$0, keeps_flags(%rip)
	je	1f
	ADD_X87_FLAGS
1:	movl	%ecx, FRAME_X87(%rsi)
	movq	%rsi, (%rdi)
	ret
	.cfi_endproc
	.size	fiber_init, . - fiber_init

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
	stmxcsr	FRAME_MXCSR(%rsp)
	fnstcw	FRAME_X87(%rsp)
	movl	FRAME_MXCSR(%rsp), %edx
	movzwl	FRAME_X87(%rsp), %ecx
	cmpb	$0, keeps_flags(%rip)
	jne	.Lsave_flags
.Lflags_saved:
	/* In one store: the other side reads it so, and at once. */
	movl	%ecx, FRAME_X87(%rsp)

	movq	%rsp, (%rdi)
	movq	(%rsi), %rsp

	/* Nearly always both are as they were, and loading them anew would
	 * wait for all floating-point work in flight. */
	cmpl	FRAME_MXCSR(%rsp), %edx
	jne	2f
1:	cmpl	FRAME_X87(%rsp), %ecx
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
	/*
	 * A function with a variable list of arguments keeps all of these, given
	 * or not: what they held on the other side must not get onto the stack.
	 */
	.irp	n, ecx, edx, esi, edi, r8d, r9d
	xorl	%\n, %\n
	.endr
	ret
	.cfi_restore_state
.Lsave_flags:
	ADD_X87_FLAGS
	jmp	.Lflags_saved
2:	ldmxcsr	FRAME_MXCSR(%rsp)
	jmp	1b
	/* With a flag that was masked and is no longer, fldcw would trap. */
3:	orl	FRAME_X87(%rsp), %ecx
	shrl	$16, %ecx
	jnz	.Lload_flags
	fldcw	FRAME_X87(%rsp)
	jmp	.Lresume
	/*
	 * Flags can only be set by loading a whole environment, which is made
	 * below the frame, and from an initial one: it also says where the last
	 * instruction was, which should not get from one fiber to another.
	 */
.Lload_flags:
	fninit
	fnstenv	-X87_ENVIRONMENT(%rsp)
	movl	FRAME_X87(%rsp), %ecx
	movw	%cx, X87_CONTROL - X87_ENVIRONMENT(%rsp)
	shrl	$16, %ecx
	movw	%cx, X87_STATUS - X87_ENVIRONMENT(%rsp)
	fldenv	-X87_ENVIRONMENT(%rsp)
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
	ldmxcsr	FRAME_MXCSR(%rsp)
	cmpl	$X87_INITIAL, FRAME_X87(%rsp)
	jne	.Lload_flags
	jmp	.Lresume
	.cfi_endproc
	.size	fiber_jump, . - fiber_jump

/*
 * Where the first switch to a fiber returns to. The switch has zeroed the
 * callee-saved registers already.
 */
	.type	fiber_start, @function
	.p2align 4
fiber_start:
	.cfi_startproc
	.cfi_undefined %rip
	endbr64
	cld
	movq	START_ARGUMENT - FRAME_BYTES(%rsp), %rdi
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
	call	*START_ENTRY - FRAME_BYTES(%rsp)
	/* entry has returned, and there is nowhere to go. */
	ud2
	.cfi_endproc
	.size	fiber_start, . - fiber_start

	.section .note.GNU-stack, "", @progbits
