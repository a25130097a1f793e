/*
 * What every switch between fibers must do, as a program of its own: it is
 * built once with each of them, also for a processor that is only emulated.
 *
 * PROMISES_REGISTERS says that fibers start with zeroed registers, which the
 * portable switch cannot promise. What does not need fiber_keep_flags() is
 * tested without it.
 */
#include "world/fiber.h"

#include <fenv.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unwind.h>

#define STACK_BYTES ((size_t)256 * 1024)
#define FIBERS	    64

#define check(condition)                                                       \
	do {                                                                   \
		if (!(condition)) {                                            \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__,       \
				__LINE__, #condition);                         \
			exit(1);                                               \
		}                                                              \
	} while (0)

static struct fiber home;
static struct fiber fibers[FIBERS];
static _Alignas(64) char stacks[FIBERS][STACK_BYTES];

static void init(int i, void (*entry)(void *), void *argument)
{
	fiber_init(&fibers[i], stacks[i], STACK_BYTES, entry, argument);
}

/* --- Going there and back --- */

static int said[8];
static size_t said_count;

static void say(int word)
{
	check(said_count < sizeof said / sizeof *said);
	said[said_count++] = word;
}

static void says_odd(void *argument)
{
	say(*(int *)argument);
	fiber_switch(&fibers[0], &home);
	say(*(int *)argument + 2);
	fiber_switch(&fibers[0], &home);
	say(*(int *)argument + 4);
	fiber_jump(&home);
}

static void test_ping_pong(void)
{
	int first = 1;

	said_count = 0;
	init(0, says_odd, &first);
	say(0);
	fiber_switch(&home, &fibers[0]);
	say(2);
	fiber_switch(&home, &fibers[0]);
	say(4);
	fiber_switch(&home, &fibers[0]);
	check(said_count == 6);
	for (int i = 0; i < 6; i++)
		check(said[i] == i);
}

/* --- Registers at the start --- */

#define GENERAL 32
#define VECTOR	64
#define PATTERN 19 /* the most callee-saved registers there are */

/* What a fiber found when it started. Filled in by assembly. */
struct start {
	uint64_t general[GENERAL];
	uint64_t vector[VECTOR];
	uint64_t flags;
	uint64_t control;
};

static struct start seen;

void after_start(void);
void record_start(void *start);

_Noreturn void after_start(void)
{
	fiber_jump(&home);
}

#ifdef __x86_64__
/* rdi is the argument; rsp belongs to the stack. The callee-saved registers
 * come first. */
#define CALLEE_SAVED	    6
#define GENERAL_OTHERS	    8
#define VECTOR_WORDS	    32
#define FLAGS_MUST_BE_CLEAR 0x400	   /* direction */
#define CONTROL_MASK	    0xffffffffffc0 /* not what happened so far */
#define CONTROL_DEFAULT	    0x037f00001f80
__asm__(".text\n"
	"record_start:\n"
	"	movq %rbx, (%rdi)\n"
	"	movq %rbp, 8(%rdi)\n"
	"	movq %r12, 16(%rdi)\n"
	"	movq %r13, 24(%rdi)\n"
	"	movq %r14, 32(%rdi)\n"
	"	movq %r15, 40(%rdi)\n"
	"	movq %rax, 48(%rdi)\n"
	"	movq %rcx, 56(%rdi)\n"
	"	movq %rdx, 64(%rdi)\n"
	"	movq %rsi, 72(%rdi)\n"
	"	movq %r8, 80(%rdi)\n"
	"	movq %r9, 88(%rdi)\n"
	"	movq %r10, 96(%rdi)\n"
	"	movq %r11, 104(%rdi)\n"
	"	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
	"	movups %xmm\\n, 256 + 16 * \\n(%rdi)\n"
	"	.endr\n"
	"	pushfq\n"
	"	popq 768(%rdi)\n"
	"	stmxcsr 776(%rdi)\n"
	"	fnstcw 780(%rdi)\n"
	"	testb $15, %spl\n"
	"	jz 1f\n" /* a call leaves the stack at 16 n + 8 */
	"	jmp after_start\n"
	"1:	ud2\n");
#elif defined(__aarch64__)
#define CALLEE_SAVED	    11
#define GENERAL_OTHERS	    15
#define VECTOR_WORDS	    64
#define FLAGS_MUST_BE_CLEAR 15 /* the stack is aligned */
#define CONTROL_MASK	    ~(uint64_t)0
#define CONTROL_DEFAULT	    0
__asm__(".text\n"
	"record_start:\n"
	"	.irp n, 19,20,21,22,23,24,25,26,27,28,29\n"
	"	str x\\n, [x0, #8 * (\\n - 19)]\n"
	"	.endr\n"
	"	.irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
	"	str x\\n, [x0, #8 * (\\n + 10)]\n"
	"	.endr\n"
	"	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,"
	"21,22,23,24,25,26,27,28,29,30,31\n"
	"	str q\\n, [x0, #256 + 16 * \\n]\n"
	"	.endr\n"
	"	mov x1, sp\n"
	"	and x1, x1, #15\n"
	"	str x1, [x0, #768]\n"
	"	mrs x1, fpcr\n"
	"	str x1, [x0, #776]\n"
	"	b after_start\n");
#else
#error "no test of the registers is written for this processor"
#endif

_Static_assert(sizeof(uint64_t[GENERAL + VECTOR]) == 768,
	       "the assembly above knows where flags lie");

/* Runs a new fiber while callee-saved registers hold values from `leftover` on,
 * and vector registers hold ones. */
static void start_with_leftovers(uint64_t leftover)
{
	uint64_t a = leftover, b = a + 1, c = a + 2, d = a + 3, e = a + 4;

	memset(&seen, 0xff, sizeof seen);
	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
	init(0, record_start, &seen);
#ifdef __x86_64__
	__asm__ volatile(".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
			 "pcmpeqd %%xmm\\n, %%xmm\\n\n"
			 ".endr\n" ::
				 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
				   "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
				   "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
				   "xmm15");
#elif defined(__aarch64__)
	__asm__ volatile(".irp n, 0,1,2,3,4,5,6,7,16,24,31\n"
			 "movi v\\n\\().16b, #255\n"
			 ".endr\n" ::
				 : "v0", "v1", "v2", "v3", "v4", "v5", "v6",
				   "v7", "v16", "v24", "v31");
#endif
	fiber_switch(&home, &fibers[0]);
	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
	check(a == leftover && b == leftover + 1 && c == leftover + 2);
	check(d == leftover + 3 && e == leftover + 4);
}

#ifdef PROMISES_REGISTERS
static void test_registers_start_zeroed(void)
{
	memset(stacks[0], 0xff, STACK_BYTES);
	start_with_leftovers(0x1111);
	for (size_t i = 0; i < CALLEE_SAVED; i++)
		check(seen.general[i] == 0);
	/* Then those that a call may change, as many as the machine has. */
	size_t others = 0;
	for (size_t i = CALLEE_SAVED; i < GENERAL && seen.general[i] == 0; i++)
		others++;
	check(others == GENERAL_OTHERS);
	for (size_t i = 0; i < VECTOR_WORDS; i++)
		check(seen.vector[i] == 0);
}
#endif

static void test_registers_start_alike(void)
{
	uint64_t first[GENERAL];

	start_with_leftovers(0x2222);
	memcpy(first, seen.general, sizeof first);
	start_with_leftovers(0x3333);
	check(memcmp(first, seen.general, CALLEE_SAVED * sizeof *first) == 0);
}

static void test_control_state_starts_as_the_creators(void)
{
	start_with_leftovers(0x4444);
	check((seen.control & CONTROL_MASK) == CONTROL_DEFAULT);
	check((seen.flags & FLAGS_MUST_BE_CLEAR) == 0);
	fesetround(FE_UPWARD);
	start_with_leftovers(0x5555);
	check((seen.control & CONTROL_MASK) != CONTROL_DEFAULT);
	check((seen.flags & FLAGS_MUST_BE_CLEAR) == 0);
	check(fegetround() == FE_UPWARD);
	fesetround(FE_TONEAREST);
}

/* --- Registers across a switch --- */

/* Fills the callee-saved registers from `pattern`, switches, and says whether
 * they still were the same afterwards. */
bool keeps_registers(struct fiber *from, const struct fiber *to,
		     const uint64_t *pattern);

#ifdef __x86_64__
__asm__(".text\n"
	"keeps_registers:\n"
	"	pushq %rbx\n"
	"	pushq %rbp\n"
	"	pushq %r12\n"
	"	pushq %r13\n"
	"	pushq %r14\n"
	"	pushq %r15\n"
	"	pushq %rdx\n"
	"	movq (%rdx), %rbx\n"
	"	movq 8(%rdx), %rbp\n"
	"	movq 16(%rdx), %r12\n"
	"	movq 24(%rdx), %r13\n"
	"	movq 32(%rdx), %r14\n"
	"	movq 40(%rdx), %r15\n"
	"	call fiber_switch\n"
	"	popq %rdx\n"
	"	xorq (%rdx), %rbx\n"
	"	xorq 8(%rdx), %rbp\n"
	"	xorq 16(%rdx), %r12\n"
	"	xorq 24(%rdx), %r13\n"
	"	xorq 32(%rdx), %r14\n"
	"	xorq 40(%rdx), %r15\n"
	"	orq %rbp, %rbx\n"
	"	orq %r12, %rbx\n"
	"	orq %r13, %rbx\n"
	"	orq %r14, %rbx\n"
	"	orq %r15, %rbx\n"
	"	sete %al\n"
	"	popq %r15\n"
	"	popq %r14\n"
	"	popq %r13\n"
	"	popq %r12\n"
	"	popq %rbp\n"
	"	popq %rbx\n"
	"	ret\n");
#elif defined(__aarch64__)
__asm__(".text\n"
	"keeps_registers:\n"
	"	sub sp, sp, #176\n"
	"	stp x19, x20, [sp]\n"
	"	stp x21, x22, [sp, #16]\n"
	"	stp x23, x24, [sp, #32]\n"
	"	stp x25, x26, [sp, #48]\n"
	"	stp x27, x28, [sp, #64]\n"
	"	stp x29, x30, [sp, #80]\n"
	"	stp d8, d9, [sp, #96]\n"
	"	stp d10, d11, [sp, #112]\n"
	"	stp d12, d13, [sp, #128]\n"
	"	stp d14, d15, [sp, #144]\n"
	"	str x2, [sp, #160]\n"
	"	.irp n, 19,20,21,22,23,24,25,26,27,28,29\n"
	"	ldr x\\n, [x2, #8 * (\\n - 19)]\n"
	"	.endr\n"
	"	.irp n, 8,9,10,11,12,13,14,15\n"
	"	ldr d\\n, [x2, #8 * (\\n + 3)]\n"
	"	.endr\n"
	"	bl fiber_switch\n"
	"	ldr x2, [sp, #160]\n"
	"	mov x0, #0\n"
	"	.irp n, 19,20,21,22,23,24,25,26,27,28,29\n"
	"	ldr x1, [x2, #8 * (\\n - 19)]\n"
	"	eor x1, x1, x\\n\n"
	"	orr x0, x0, x1\n"
	"	.endr\n"
	"	.irp n, 8,9,10,11,12,13,14,15\n"
	"	ldr x1, [x2, #8 * (\\n + 3)]\n"
	"	fmov x3, d\\n\n"
	"	eor x1, x1, x3\n"
	"	orr x0, x0, x1\n"
	"	.endr\n"
	"	cmp x0, #0\n"
	"	cset w0, eq\n"
	"	ldp x19, x20, [sp]\n"
	"	ldp x21, x22, [sp, #16]\n"
	"	ldp x23, x24, [sp, #32]\n"
	"	ldp x25, x26, [sp, #48]\n"
	"	ldp x27, x28, [sp, #64]\n"
	"	ldp x29, x30, [sp, #80]\n"
	"	ldp d8, d9, [sp, #96]\n"
	"	ldp d10, d11, [sp, #112]\n"
	"	ldp d12, d13, [sp, #128]\n"
	"	ldp d14, d15, [sp, #144]\n"
	"	add sp, sp, #176\n"
	"	ret\n");
#endif

static void fill_pattern(uint64_t pattern[PATTERN], uint64_t seed)
{
	for (size_t i = 0; i < PATTERN; i++)
		pattern[i] = seed * 0x9e3779b97f4a7c15 + i;
}

static void keeps_its_registers(void *argument)
{
	uint64_t pattern[PATTERN];

	fill_pattern(pattern, (uint64_t) * (int *)argument);
	for (;;)
		check(keeps_registers(&fibers[0], &home, pattern));
}

static void test_registers_survive_a_switch(void)
{
	uint64_t pattern[PATTERN];
	int seed = 7;

	fill_pattern(pattern, 8);
	init(0, keeps_its_registers, &seed);
	for (int i = 0; i < 100; i++)
		check(keeps_registers(&home, &fibers[0], pattern));
}

/* --- Floating point --- */

/* 1 / 3, rounded as the processor is told to at this moment. */
static double third(void)
{
	volatile double one = 1, three = 3;

	return one / three;
}

static void rounds_downward(void *argument)
{
	double *thirds = argument;

	thirds[0] = third();
	fesetround(FE_DOWNWARD);
	fiber_switch(&fibers[0], &home);
	check(fegetround() == FE_DOWNWARD);
	thirds[1] = third();
	fiber_jump(&home);
}

static void test_rounding_belongs_to_the_fiber(void)
{
	double thirds[2];
	double nearest = third();

	init(0, rounds_downward, thirds);
	fesetround(FE_UPWARD);
	double upward = third();
	fiber_switch(&home, &fibers[0]);
	check(fegetround() == FE_UPWARD && third() == upward);
	fiber_switch(&home, &fibers[0]);
	check(fegetround() == FE_UPWARD && third() == upward);
	fesetround(FE_TONEAREST);
	check(thirds[0] == nearest);
	check(thirds[1] < upward);
}

/* What a fiber found when it started, and its own changes. */
struct environment {
	int rounding;
	int flags;
};

static void finds_its_environment(void *argument)
{
	struct environment *found = argument;

	found->rounding = fegetround();
	found->flags = fetestexcept(FE_OVERFLOW | FE_DIVBYZERO);
	fesetround(FE_DOWNWARD);
	feraiseexcept(FE_OVERFLOW | FE_DIVBYZERO);
	fiber_jump(&home);
}

static void test_environment_is_the_creators(void)
{
	struct environment found;

	fesetround(FE_UPWARD);
	feraiseexcept(FE_OVERFLOW);
	init(0, finds_its_environment, &found);
	fesetround(FE_TONEAREST);
	feclearexcept(FE_ALL_EXCEPT);
	fiber_switch(&home, &fibers[0]);
	check(found.rounding == FE_UPWARD);
	check(found.flags == FE_OVERFLOW);
	check(fegetround() == FE_TONEAREST);
	check(fetestexcept(FE_ALL_EXCEPT) == 0);
}

/* FE_OVERFLOW is raised by the x87 unit where there is one, FE_DIVBYZERO by
 * the other. */
static void raises(void *argument)
{
	int both = FE_OVERFLOW | FE_DIVBYZERO;
	int mine = *(int *)argument;

	check(fetestexcept(FE_ALL_EXCEPT) == 0);
	feraiseexcept(mine);
	fiber_switch(&fibers[0], &home);
	check(fetestexcept(both) == mine);
	fesetround(FE_DOWNWARD);
	fiber_switch(&fibers[0], &home);
	check(fetestexcept(both) == mine && fegetround() == FE_DOWNWARD);
	feclearexcept(FE_ALL_EXCEPT);
	fiber_switch(&fibers[0], &home);
	check(fetestexcept(FE_ALL_EXCEPT) == 0);
	fiber_jump(&home);
}

static void test_flags_belong_to_the_fiber(void)
{
	int flags[] = {FE_OVERFLOW, FE_DIVBYZERO, FE_OVERFLOW | FE_DIVBYZERO};

	for (int i = 0; i < 9; i++) {
		int here = i / 3 == 0 ? 0 : flags[i / 3 - 1];

		feclearexcept(FE_ALL_EXCEPT);
		init(0, raises, &flags[i % 3]);
		feraiseexcept(here);
		for (int n = 0; n < 4; n++) {
			fiber_switch(&home, &fibers[0]);
			check(fetestexcept(FE_OVERFLOW | FE_DIVBYZERO) == here);
			check(fegetround() == FE_TONEAREST);
		}
	}
	feclearexcept(FE_ALL_EXCEPT);
}

static void masks_nothing(void *argument)
{
	(void)argument;
	feenableexcept(FE_OVERFLOW | FE_DIVBYZERO);
	for (;;)
		fiber_switch(&fibers[0], &home);
}

static void unmasks_what_was_raised(void *argument)
{
	(void)argument;
	feraiseexcept(FE_OVERFLOW);
	feenableexcept(FE_OVERFLOW);
	for (;;)
		fiber_switch(&fibers[0], &home);
}

static void test_flags_of_others_trap_nobody(void)
{
	init(0, masks_nothing, NULL);
	fiber_switch(&home, &fibers[0]);
	feraiseexcept(FE_OVERFLOW | FE_DIVBYZERO);
	fiber_switch(&home, &fibers[0]);
	check(fetestexcept(FE_OVERFLOW | FE_DIVBYZERO) ==
	      (FE_OVERFLOW | FE_DIVBYZERO));
	check(fegetexcept() == 0);
	feclearexcept(FE_ALL_EXCEPT);

	init(0, unmasks_what_was_raised, NULL);
	feraiseexcept(FE_OVERFLOW);
	fiber_switch(&home, &fibers[0]);
	check(third() > 0);
	feclearexcept(FE_ALL_EXCEPT);
}

/* --- Rewinding --- */

struct image {
	struct fiber fiber;
	size_t bytes;
	char *stack;
};

static void save(int i, struct image *image)
{
	char *low = fiber_live_low(&fibers[i]);

	image->fiber = fibers[i];
	image->bytes = (size_t)(stacks[i] + STACK_BYTES - low);
	check(image->bytes <= STACK_BYTES);
	image->stack = malloc(image->bytes);
	check(image->stack != NULL);
	memcpy(image->stack, low, image->bytes);
}

static void restore(int i, const struct image *image)
{
	/* What is not live may hold anything. */
	memset(stacks[i], 0xdb, STACK_BYTES - image->bytes);
	memcpy(stacks[i] + STACK_BYTES - image->bytes, image->stack,
	       image->bytes);
	fibers[i] = image->fiber;
}

static int counted;

static void counts(void *argument)
{
	int i = *(int *)argument;
	double half = 0.5 * i;

	for (int n = 0;; n++) {
		counted = n;
		check(half == 0.5 * i);
		fiber_switch(&fibers[i], &home);
	}
}

static void test_rewound_fiber_runs_again(void)
{
	struct image images[6];
	int i = 0;

	init(0, counts, &i);
	for (int n = 0; n < 6; n++) {
		save(0, &images[n]);
		fiber_switch(&home, &fibers[0]);
		check(counted == n);
	}
	for (int round = 0; round < 100; round++) {
		int n = round * 7 % 6;

		restore(0, &images[n]);
		for (int m = n; m < 6; m++) {
			fiber_switch(&home, &fibers[0]);
			check(counted == m);
		}
	}
	for (int n = 0; n < 6; n++)
		free(images[n].stack);
}

/* Dead frames, of which nothing must remain in what is saved. */
static void scribbles(void *argument)
{
	volatile char junk[8192];

	memset((char *)(uintptr_t)junk, *(int *)argument, sizeof junk);
	fiber_jump(&home);
}

static void test_new_fiber_does_not_show_former_ones(void)
{
	struct image first, second;
	int byte = 0xaa;

	init(0, scribbles, &byte);
	fiber_switch(&home, &fibers[0]);
	init(0, counts, &byte);
	save(0, &first);

	byte = 0x55;
	init(0, scribbles, &byte);
	fiber_switch(&home, &fibers[0]);
	init(0, counts, &byte);
	save(0, &second);

	check(first.fiber.sp == second.fiber.sp);
	check(memcmp(first.stack, second.stack, first.bytes) == 0);
	free(first.stack);
	free(second.stack);
}

#ifdef __x86_64__
/* What the x87 unit keeps of a comparison is dead once a function is called. */
static void compares(void *argument)
{
	const double *pair = argument;

	__asm__ volatile("fldl %0; fldl %1; fcompp" ::"m"(pair[0]),
			 "m"(pair[1]));
	fiber_switch(&fibers[0], &home);
	fiber_jump(&home);
}

static void test_dead_flags_are_not_saved(void)
{
	struct image first, second;
	double pair[2] = {1, 2};

	init(0, compares, pair);
	fiber_switch(&home, &fibers[0]);
	save(0, &first);
	pair[0] = 3;
	init(0, compares, pair);
	fiber_switch(&home, &fibers[0]);
	save(0, &second);
	check(first.bytes == second.bytes);
	check(memcmp(first.stack, second.stack, first.bytes) == 0);
	free(first.stack);
	free(second.stack);
}
#endif

/* --- Many and deep --- */

static int descend(int depth)
{
	volatile int marks[64];

	for (int i = 0; i < 64; i++)
		marks[i] = depth + i;
	int below = depth == 0 ? 0 : descend(depth - 1);
	if (depth % 50 == 0)
		fiber_switch(&fibers[1], &home);
	for (int i = 0; i < 64; i++)
		check(marks[i] == depth + i);
	return below + 1;
}

static void goes_deep(void *argument)
{
	*(int *)argument = descend(500);
	fiber_jump(&home);
}

static void test_deep_stacks_are_kept(void)
{
	struct image image;
	int depth = 0;

	init(1, goes_deep, &depth);
	fiber_switch(&home, &fibers[1]);
	save(1, &image);
	check(image.bytes > 500 * sizeof(int[64]));
	for (int round = 0; round < 3; round++) {
		restore(1, &image);
		depth = 0;
		for (int i = 0; i < 11; i++) {
			check(depth == 0);
			fiber_switch(&home, &fibers[1]);
		}
		check(depth == 501);
	}
	free(image.stack);
}

static int hops;

static void hands_on(void *argument)
{
	int me = (int)(intptr_t)argument;

	for (int round = 0;; round++) {
		check(hops++ == round * FIBERS + me);
		fiber_switch(&fibers[me], me == FIBERS - 1 && round == 9
						  ? &home
						  : &fibers[(me + 1) % FIBERS]);
	}
}

static void test_fibers_switch_among_themselves(void)
{
	hops = 0;
	for (int i = 0; i < FIBERS; i++)
		init(i, hands_on, (void *)(intptr_t)i);
	fiber_switch(&home, &fibers[0]);
	check(hops == 10 * FIBERS);
}

/* --- Leaving for good --- */

static void leaves(void *argument)
{
	++*(int *)argument;
	fiber_jump(&home);
}

static void test_ended_fibers_make_room(void)
{
	int ended = 0;

	for (int i = 0; i < 1000; i++) {
		init(i % 3, leaves, &ended);
		fiber_switch(&home, &fibers[i % 3]);
		check(ended == i + 1);
	}
}

#if defined(PROMISES_REGISTERS) && defined(__x86_64__)
static void leaves_the_processor_in_disorder(void *argument)
{
	(void)argument;
	__asm__ volatile("fld1; fld1; fld1; fld1; fld1; fld1; fld1; fld1; std");
	fiber_jump(&home);
}

static void test_jump_tidies_up_after_a_crash(void)
{
	init(0, leaves_the_processor_in_disorder, NULL);
	fiber_switch(&home, &fibers[0]);

	uint64_t flags;
	__asm__ volatile("pushfq; popq %0" : "=r"(flags));
	check((flags & FLAGS_MUST_BE_CLEAR) == 0);
	volatile long double one = 1, three = 3;
	check(one / three * three == one);
}
#endif

static void returns(void *argument)
{
	(void)argument;
}

static void test_returning_traps(void)
{
	pid_t child = fork();

	check(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		init(0, returns, NULL);
		fiber_switch(&home, &fibers[0]);
		_exit(0);
	}
	int status;
	check(waitpid(child, &status, 0) == child);
	check(WIFSIGNALED(status));
	check(WTERMSIG(status) == SIGILL || WTERMSIG(status) == SIGTRAP);
}

/* --- Being looked at --- */

static _Unwind_Reason_Code count_frame(struct _Unwind_Context *context,
				       void *count)
{
	(void)context;
	return ++*(int *)count < 1000 ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

static void counts_its_frames(void *argument)
{
	_Unwind_Backtrace(count_frame, argument);
	fiber_jump(&home);
}

static void test_unwinders_stop_at_the_start(void)
{
	int count = 0;

	init(0, counts_its_frames, &count);
	fiber_switch(&home, &fibers[0]);
	/* This function, what called it, and the end; makecontext adds one. */
#ifdef PROMISES_REGISTERS
	check(count == 3);
#else
	check(count >= 3 && count <= 4);
#endif
}

/* --- No system call --- */

static void test_needs_no_system_call(void)
{
	int i = 0, ended = 0;

	/* The portable switch prepares each stack once. */
	init(0, counts, &i);
	init(1, leaves, &ended);
	pid_t child = fork();
	check(child >= 0);
	if (child == 0) {
		/* From here on only read, write and exit are allowed. */
		if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) < 0) {
			fprintf(stderr, "not checked that no system call is "
					"done: no seccomp here\n");
			_exit(0);
		}
		for (int n = 0; n < 100; n++) {
			init(0, counts, &i);
			fiber_switch(&home, &fibers[0]);
			fiber_switch(&home, &fibers[0]);
			init(1, leaves, &ended);
			fiber_switch(&home, &fibers[1]);
		}
		syscall(SYS_exit, ended == 100 && counted == 1 ? 0 : 1);
	}
	int status;
	check(waitpid(child, &status, 0) == child);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	test_ping_pong();
#ifdef PROMISES_REGISTERS
	test_registers_start_zeroed();
#endif
	test_registers_start_alike();
	test_control_state_starts_as_the_creators();
	test_registers_survive_a_switch();
	test_rounding_belongs_to_the_fiber();
	fiber_keep_flags();
	test_rounding_belongs_to_the_fiber();
	test_environment_is_the_creators();
	test_flags_belong_to_the_fiber();
	test_flags_of_others_trap_nobody();
#ifdef __x86_64__
	test_dead_flags_are_not_saved();
#endif
	test_rewound_fiber_runs_again();
	test_new_fiber_does_not_show_former_ones();
	test_deep_stacks_are_kept();
	test_fibers_switch_among_themselves();
	test_ended_fibers_make_room();
#if defined(PROMISES_REGISTERS) && defined(__x86_64__)
	test_jump_tidies_up_after_a_crash();
#endif
	test_returning_traps();
	test_unwinders_stop_at_the_start();
	test_needs_no_system_call();
	return 0;
}
