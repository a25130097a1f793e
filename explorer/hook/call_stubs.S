/*
 * What stands in the slots of calls that are noted (noted_calls.h).
 *
 * Each stub only says which it is. Behind it all arguments in registers are
 * kept while the call is noted, during which other threads may run, and the
 * function itself is jumped to: it finds everything as its caller left it. The
 * frame is one that can be walked and unwound, a cancelled thread's too.
 */
#ifdef __x86_64__

#define STUBS		2048
/* rdi, rsi, rdx, rcx, r8, r9; rax, a gap; xmm0 to xmm7 */
#define WORD(n)		(8 * (n))(%rsp)
#define REAL(n)		(64 + 16 * (n))(%rsp)
#define KEPT_BYTES	192

	.text

	.globl	call_stubs
	.hidden	call_stubs
	.type	call_stubs, @function
	.p2align 4
call_stubs:
	.cfi_startproc
	.set	stub, 0
	.rept	STUBS
	endbr64
	movl	$stub, %r11d
	jmp	noted
	.p2align 4
	.set	stub, stub + 1
	.endr
	.cfi_endproc
	.size	call_stubs, . - call_stubs

	.type	noted, @function
noted:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	subq	$KEPT_BYTES, %rsp
	movq	%rdi, WORD(0)
	movq	%rsi, WORD(1)
	movq	%rdx, WORD(2)
	movq	%rcx, WORD(3)
	movq	%r8, WORD(4)
	movq	%r9, WORD(5)
	movq	%rax, WORD(6)
	movq	$0, WORD(7)
	movaps	%xmm0, REAL(0)
	movaps	%xmm1, REAL(1)
	movaps	%xmm2, REAL(2)
	movaps	%xmm3, REAL(3)
	movaps	%xmm4, REAL(4)
	movaps	%xmm5, REAL(5)
	movaps	%xmm6, REAL(6)
	movaps	%xmm7, REAL(7)
	movl	%r11d, %edi
	movq	%rsp, %rsi
	movq	8(%rbp), %rdx
	call	noted_call_begins
	movq	%rax, %r11
	movq	WORD(0), %rdi
	movq	WORD(1), %rsi
	movq	WORD(2), %rdx
	movq	WORD(3), %rcx
	movq	WORD(4), %r8
	movq	WORD(5), %r9
	movq	WORD(6), %rax
	movaps	REAL(0), %xmm0
	movaps	REAL(1), %xmm1
	movaps	REAL(2), %xmm2
	movaps	REAL(3), %xmm3
	movaps	REAL(4), %xmm4
	movaps	REAL(5), %xmm5
	movaps	REAL(6), %xmm6
	movaps	REAL(7), %xmm7
	leave
	.cfi_def_cfa %rsp, 8
	jmp	*%r11
	.cfi_endproc
	.size	noted, . - noted

#endif

	.section .note.GNU-stack, "", @progbits
