#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "runtime/instruction.h"

#ifdef __x86_64__

/* Padded with something that is refused, so that a wrong length shows. */
#define CODE(...) ((const uint8_t[16]){__VA_ARGS__})

static struct instruction decode(const uint8_t *code)
{
	struct instruction decoded;

	cr_assert(instruction_decode(code, &decoded));
	return decoded;
}

Test(instruction, knows_moves_and_arithmetic)
{
	static const struct {
		size_t length;
		uint8_t code[16];
	} quiet[] = {
		{3, {0x48, 0x89, 0xc7}},		   /* mov */
		{7, {0x48, 0x8b, 0x05, 1, 2, 3, 4}},	   /* load */
		{7, {0x48, 0x8d, 0x05, 1, 2, 3, 4}},	   /* lea */
		{8, {0x48, 0x8d, 0x14, 0x85, 0, 0, 0, 0}}, /* lea, index */
		{9, {0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0}}, /* TLS */
		{5, {0xbe, 24, 0, 0, 0}},			 /* mov $ */
		{10, {0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8}},	 /* movabs */
		{4, {0x48, 0x83, 0xc0, 8}},			 /* add $ */
		{6, {0x48, 0x05, 1, 2, 3, 4}},		      /* add $, rax */
		{4, {0x48, 0xc1, 0xe0, 3}},		      /* shl */
		{4, {0x48, 0x6b, 0xc0, 24}},		      /* imul */
		{4, {0x48, 0x0f, 0xaf, 0xc2}},		      /* imul */
		{2, {0x48, 0x98}},			      /* cltq */
		{3, {0x48, 0x63, 0xd0}},		      /* movslq */
		{3, {0x0f, 0xb6, 0x00}},		      /* movzbl */
		{4, {0x48, 0x83, 0x38, 0}},		      /* cmp, memory */
		{4, {0xf3, 0x0f, 0x1e, 0xfa}},		      /* endbr64 */
		{9, {0x66, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0}}, /* nop */
		{5, {0xf2, 0x0f, 0x10, 0x45, 0xf8}},	      /* movsd */
		{4, {0x43, 0x8b, 0x04, 0xa0}},		      /* r12 index */
	};

	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
		struct instruction decoded = decode(quiet[i].code);

		cr_assert(eq(sz, decoded.length, quiet[i].length));
		cr_assert(eq(int, decoded.effect, INSTRUCTION_QUIET));
	}
}

static void stores(const uint8_t *code, enum instruction_base base,
		   int displacement, size_t bytes)
{
	struct instruction decoded = decode(code);

	cr_assert(eq(int, decoded.effect, INSTRUCTION_STORES));
	cr_assert(eq(int, decoded.base, base));
	cr_assert(eq(sz, decoded.bytes, bytes));
	if (base != INSTRUCTION_BASE_OTHER)
		cr_assert(eq(int, decoded.displacement, displacement));
}

Test(instruction, says_where_and_how_much_is_stored)
{
	stores(CODE(0x48, 0x89, 0x45, 0xf8), INSTRUCTION_BASE_FRAME, -8, 8);
	stores(CODE(0x89, 0x85, 0, 1, 0, 0), INSTRUCTION_BASE_FRAME, 256, 4);
	stores(CODE(0x66, 0x89, 0x04, 0x24), INSTRUCTION_BASE_STACK, 0, 2);
	stores(CODE(0x88, 0x44, 0x24, 0x10), INSTRUCTION_BASE_STACK, 16, 1);
	stores(CODE(0xc7, 0x45, 0xfc, 5, 0, 0, 0), INSTRUCTION_BASE_FRAME, -4,
	       4);
	stores(CODE(0x83, 0x45, 0xfc, 1), INSTRUCTION_BASE_FRAME, -4, 4);
	stores(CODE(0xf2, 0x0f, 0x11, 0x45, 0xf8), INSTRUCTION_BASE_FRAME, -8,
	       8);
	stores(CODE(0x0f, 0x29, 0x45, 0xe0), INSTRUCTION_BASE_FRAME, -32, 16);
}

Test(instruction, knows_addresses_that_only_look_like_the_stack)
{
	/* r12, r13, with an index, in a segment, a global */
	stores(CODE(0x41, 0x89, 0x04, 0x24), INSTRUCTION_BASE_OTHER, 0, 4);
	stores(CODE(0x41, 0x89, 0x45, 0x08), INSTRUCTION_BASE_OTHER, 0, 4);
	stores(CODE(0x89, 0x44, 0x85, 0x08), INSTRUCTION_BASE_OTHER, 0, 4);
	stores(CODE(0x42, 0x89, 0x44, 0x24, 8), INSTRUCTION_BASE_OTHER, 0, 4);
	stores(CODE(0x64, 0x89, 0x45, 0x08), INSTRUCTION_BASE_OTHER, 0, 4);
	stores(CODE(0x89, 0x05, 1, 2, 3, 4), INSTRUCTION_BASE_OTHER, 0, 4);
}

Test(instruction, finds_whom_a_call_calls)
{
	static const uint8_t function;
	uint8_t code[24] = {0xe8, 0x10, 0, 0, 0};
	const uint8_t *pointer = &function;

	cr_assert(eq(ptr, (void *)(uintptr_t)decode(code).target, code + 21));
	memcpy(code, CODE(0x67, 0xe8, 0x10, 0, 0, 0), 6);
	cr_assert(eq(ptr, (void *)(uintptr_t)decode(code).target, code + 22));
	memcpy(code, CODE(0xff, 0x15, 10, 0, 0, 0), 6);
	memcpy(code + 16, &pointer, sizeof pointer);
	struct instruction decoded = decode(code);
	cr_assert(eq(int, decoded.effect, INSTRUCTION_CALLS));
	cr_assert(decoded.target == &function);
}

Test(instruction, notices_a_new_frame_pointer)
{
	cr_assert(decode(CODE(0x48, 0x8d, 0x2d, 1, 2, 3, 4)).changes_frame);
	cr_assert(decode(CODE(0x48, 0x89, 0xc5)).changes_frame);
	cr_assert(decode(CODE(0xbd, 1, 0, 0, 0)).changes_frame);
	cr_assert(not(decode(CODE(0x49, 0x89, 0xc5)).changes_frame));
	cr_assert(not(decode(CODE(0x48, 0x89, 0xe8)).changes_frame));
}

Test(instruction, refuses_the_rest)
{
	static const uint8_t refused[][16] = {
		{0xc3},			  /* ret */
		{0xeb, 0x05},		  /* jmp */
		{0x74, 0x05},		  /* je */
		{0x0f, 0x84, 0, 0, 0, 0}, /* je */
		{0x50},			  /* push */
		{0x48, 0x83, 0xec, 8},	  /* sub $8,%rsp */
		{0x48, 0x89, 0xc4},	  /* mov %rax,%rsp */
		{0xf3, 0x48, 0xa5},	  /* rep movsq */
		{0xff, 0xd0},		  /* call *%rax */
		{0xff, 0x25, 0, 0, 0, 0}, /* jmp *slot(%rip) */
		{0xf0, 0x0f, 0xc1, 0x07}, /* lock xadd */
		{0x0f, 0x05},		  /* syscall */
		{0x0f, 0x0b},		  /* ud2 */
		{0xc5, 0xf8, 0x28, 0xc1}, /* vmovaps */
	};
	struct instruction decoded;

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		cr_assert(not(instruction_decode(refused[i], &decoded)));
}

#endif
