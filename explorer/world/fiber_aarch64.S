/*
 * The switch for aarch64, AAPCS64 calling convention.
 *
 * The frame, from fiber->sp up: x19 to x29, x30 (where to go on), d8 to d15,
 * FPCR and FPSR, a word of padding. x18 is the platform's and left alone. A
 * fiber that has not started has that frame with fiber_start for x30, the
 * creator's FPCR and FPSR and all else zero, and above it what fiber_start
 * reads: entry and argument.
 */

#define FRAME_RETURN	88
#define FRAME_CONTROL	160
#define FRAME_BYTES	176
#define START_ENTRY	176
#define START_ARGUMENT	184
#define START_BYTES	192

	.text

/* void fiber_keep_flags(void): they always are, in FPSR. */
	.globl	fiber_keep_flags
	.hidden	fiber_keep_flags
	.type	fiber_keep_flags, %function
fiber_keep_flags:
	.cfi_startproc
	hint	#34			/* bti c */
	ret
	.cfi_endproc
	.size	fiber_keep_flags, . - fiber_keep_flags

/*
 * void fiber_init(struct fiber *fiber, void *stack_low, size_t stack_bytes,
 *		   void (*entry)(void *), void *argument)
 */
	.globl	fiber_init
	.hidden	fiber_init
	.type	fiber_init, %function
	.p2align 4
fiber_init:
	.cfi_startproc
	hint	#34			/* bti c */
	add	x9, x1, x2
	and	x9, x9, #-16
	sub	x9, x9, #START_BYTES
	.irp	offset, 0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160
	stp	xzr, xzr, [x9, #\offset]
	.endr
	adrp	x10, fiber_start
	add	x10, x10, :lo12:fiber_start
	str	x10, [x9, #FRAME_RETURN]
	mrs	x11, fpcr
	mrs	x12, fpsr
	stp	w11, w12, [x9, #FRAME_CONTROL]
	stp	x3, x4, [x9, #START_ENTRY]
	str	x9, [x0]
	ret
	.cfi_endproc
	.size	fiber_init, . - fiber_init

/* void fiber_switch(struct fiber *from, const struct fiber *to) */
	.globl	fiber_switch
	.hidden	fiber_switch
	.type	fiber_switch, %function
	.p2align 4
fiber_switch:
	.cfi_startproc
	hint	#34			/* bti c */
	sub	sp, sp, #FRAME_BYTES
	.cfi_def_cfa_offset FRAME_BYTES
	stp	x19, x20, [sp]
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	.cfi_rel_offset x19, 0
	.cfi_rel_offset x20, 8
	.cfi_rel_offset x21, 16
	.cfi_rel_offset x22, 24
	.cfi_rel_offset x23, 32
	.cfi_rel_offset x24, 40
	.cfi_rel_offset x25, 48
	.cfi_rel_offset x26, 56
	.cfi_rel_offset x27, 64
	.cfi_rel_offset x28, 72
	.cfi_rel_offset x29, 80
	.cfi_rel_offset x30, 88
	mrs	x9, fpcr
	mrs	x10, fpsr
	stp	w9, w10, [sp, #FRAME_CONTROL]
	/* The padding is part of the state's identity. */
	str	xzr, [sp, #FRAME_CONTROL + 8]

	mov	x11, sp
	str	x11, [x0]
	ldr	x11, [x1]
	mov	sp, x11

	/* Writing FPCR may empty the pipeline, and it nearly always is as it
	 * was. */
	ldp	w12, w13, [sp, #FRAME_CONTROL]
	cmp	w9, w12
	b.eq	1f
	msr	fpcr, x12
1:	cmp	w10, w13
	b.eq	.Lresume
	msr	fpsr, x13
.Lresume:
	ldp	x19, x20, [sp]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	add	sp, sp, #FRAME_BYTES
	.cfi_def_cfa_offset 0
	/*
	 * A function with a variable list of arguments keeps all of these, given
	 * or not: what they held on the other side must not get onto the stack.
	 */
	.irp	n, 1, 2, 3, 4, 5, 6, 7
	mov	x\n, xzr
	.endr
	ret
	.cfi_endproc
	.size	fiber_switch, . - fiber_switch

/* _Noreturn void fiber_jump(const struct fiber *to) */
	.globl	fiber_jump
	.hidden	fiber_jump
	.type	fiber_jump, %function
	.p2align 4
fiber_jump:
	.cfi_startproc
	.cfi_undefined x30
	hint	#34
	ldr	x11, [x0]
	mov	sp, x11
	ldp	w12, w13, [sp, #FRAME_CONTROL]
	msr	fpcr, x12
	msr	fpsr, x13
	b	.Lresume
	.cfi_endproc
	.size	fiber_jump, . - fiber_jump

/*
 * Where the first switch to a fiber returns to. The switch has zeroed the
 * callee-saved registers already, x29 among them; x30 ends the chain of
 * frames for whoever follows it.
 */
	.type	fiber_start, %function
	.p2align 4
fiber_start:
	.cfi_startproc
	.cfi_undefined x30
	hint	#36			/* bti j */
	ldr	x16, [sp, #START_ENTRY - FRAME_BYTES]
	ldr	x0, [sp, #START_ARGUMENT - FRAME_BYTES]
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17
	mov	x\n, xzr
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	movi	v\n\().2d, #0
	.endr
	blr	x16
	/* entry has returned, and there is nowhere to go. */
	brk	#1
	.cfi_endproc
	.size	fiber_start, . - fiber_start

	.section .note.GNU-stack, "", %progbits
