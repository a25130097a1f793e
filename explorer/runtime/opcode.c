#include "runtime/opcode.h"

static struct opcode operates(enum opcode_form form,
			      enum opcode_immediate immediate, size_t bytes)
{
	return (struct opcode){form, immediate, bytes, false};
}

/* add, or, adc, sbb, and, sub, xor, cmp: six shapes of each. */
static struct opcode arithmetic(uint8_t opcode)
{
	bool compares = opcode >= 0x38;
	struct opcode known = {.bytes = opcode & 1 ? 0 : 1};

	switch (opcode & 7) {
	case 0:
	case 1:
		known.form = compares ? OPCODE_TO_NEITHER : OPCODE_TO_OPERAND;
		break;
	case 2:
	case 3:
		known.form = compares ? OPCODE_TO_NEITHER : OPCODE_TO_REGISTER;
		break;
	case 4:
		known.form = OPCODE_NO_OPERAND;
		known.immediate = OPCODE_IMMEDIATE_BYTE;
		break;
	case 5:
		known.form = OPCODE_NO_OPERAND;
		known.immediate = OPCODE_IMMEDIATE_FULL;
		break;
	}
	return known;
}

/* Opcodes that ModRM's field continues. */
static bool is_group(uint8_t opcode)
{
	switch (opcode) {
	case 0x80:
	case 0x81:
	case 0x83:
	case 0xc0:
	case 0xc1:
	case 0xc6:
	case 0xc7:
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
	case 0xf6:
	case 0xf7:
	case 0xfe:
	case 0xff:
		return true;
	default:
		return false;
	}
}

static struct opcode group(uint8_t opcode, uint8_t field)
{
	size_t bytes = opcode & 1 ? 0 : 1;
	enum opcode_immediate full =
		opcode & 1 ? OPCODE_IMMEDIATE_FULL : OPCODE_IMMEDIATE_BYTE;

	switch (opcode) {
	case 0x80: /* arithmetic with an immediate */
	case 0x81:
		return operates(field == 7 ? OPCODE_TO_NEITHER
					   : OPCODE_TO_OPERAND,
				full, bytes);
	case 0x83:
		return operates(field == 7 ? OPCODE_TO_NEITHER
					   : OPCODE_TO_OPERAND,
				OPCODE_IMMEDIATE_BYTE, 0);
	case 0xc0: /* shifts */
	case 0xc1:
		return operates(OPCODE_TO_OPERAND, OPCODE_IMMEDIATE_BYTE,
				bytes);
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		return operates(OPCODE_TO_OPERAND, OPCODE_IMMEDIATE_NONE,
				bytes);
	case 0xc6: /* mov of an immediate */
	case 0xc7:
		return operates(field == 0 ? OPCODE_TO_OPERAND : OPCODE_UNKNOWN,
				full, bytes);
	case 0xf6: /* test, not, neg, and those that write rax and rdx */
	case 0xf7:
		return operates(field == 2 || field == 3 ? OPCODE_TO_OPERAND
							 : OPCODE_TO_NEITHER,
				field < 2 ? full : OPCODE_IMMEDIATE_NONE,
				bytes);
	case 0xfe: /* inc, dec, call */
	case 0xff:
		if (opcode == 0xff && field == 2)
			return operates(OPCODE_CALL_OPERAND,
					OPCODE_IMMEDIATE_NONE, 8);
		return operates(field < 2 ? OPCODE_TO_OPERAND : OPCODE_UNKNOWN,
				OPCODE_IMMEDIATE_NONE, bytes);
	default:
		return operates(OPCODE_UNKNOWN, OPCODE_IMMEDIATE_NONE, 0);
	}
}

struct opcode opcode_one_byte(uint8_t opcode, const uint8_t *next)
{
	if (is_group(opcode))
		return group(opcode, *next >> 3 & 7);
	if (opcode < 0x40 && (opcode & 7) < 6)
		return arithmetic(opcode);
	if ((opcode & 0xf8) == 0xb8)
		return operates(OPCODE_NO_OPERAND, OPCODE_IMMEDIATE_MOV_ABS, 0);
	switch (opcode) {
	case 0x84: /* test */
	case 0x85:
		return operates(OPCODE_TO_NEITHER, OPCODE_IMMEDIATE_NONE, 0);
	case 0x88: /* mov */
	case 0x89:
		return operates(OPCODE_TO_OPERAND, OPCODE_IMMEDIATE_NONE,
				opcode & 1 ? 0 : 1);
	case 0x63: /* movslq */
	case 0x8a: /* mov */
	case 0x8b:
	case 0x8d: /* lea */
		return operates(OPCODE_TO_REGISTER, OPCODE_IMMEDIATE_NONE, 0);
	case 0x69: /* imul */
		return operates(OPCODE_TO_REGISTER, OPCODE_IMMEDIATE_FULL, 0);
	case 0x6b:
		return operates(OPCODE_TO_REGISTER, OPCODE_IMMEDIATE_BYTE, 0);
	case 0x90: /* nop, cltq, cltd */
	case 0x98:
	case 0x99:
		return operates(OPCODE_NO_OPERAND, OPCODE_IMMEDIATE_NONE, 0);
	case 0xe8:
		return operates(OPCODE_CALL, OPCODE_IMMEDIATE_NONE, 0);
	default:
		return operates(OPCODE_UNKNOWN, OPCODE_IMMEDIATE_NONE, 0);
	}
}

/* Moves between vector registers and memory. */
static struct opcode vector_move(uint8_t opcode, uint8_t repeat, bool wide)
{
	struct opcode known = {.form = OPCODE_TO_REGISTER, .vector = true};

	switch (opcode) {
	case 0x10: /* loads; movd; pxor, xorps */
	case 0x28:
	case 0x57:
	case 0x6e:
	case 0x6f:
	case 0xef:
		return known;
	case 0x7e:
		if (repeat == 0xf3)
			return known;
		known.form = OPCODE_TO_OPERAND;
		known.bytes = wide ? 8 : 4;
		return known;
	case 0x11: /* stores */
	case 0x29:
	case 0x7f:
		known.form = OPCODE_TO_OPERAND;
		known.bytes = 16;
		if (opcode == 0x11 && repeat != 0)
			known.bytes = repeat == 0xf3 ? 4 : 8;
		return known;
	case 0x13:
	case 0x17:
	case 0xd6:
		known.form = OPCODE_TO_OPERAND;
		known.bytes = 8;
		return known;
	default:
		known.form = OPCODE_UNKNOWN;
		return known;
	}
}

struct opcode opcode_two_bytes(uint8_t opcode, uint8_t repeat, bool wide)
{
	if ((opcode & 0xf0) == 0x40) /* cmov */
		return operates(OPCODE_TO_REGISTER, OPCODE_IMMEDIATE_NONE, 0);
	if ((opcode & 0xf0) == 0x90) /* set */
		return operates(OPCODE_TO_OPERAND, OPCODE_IMMEDIATE_NONE, 1);
	switch (opcode) {
	case 0x1e: /* endbr64 and other hints */
	case 0x1f: /* nop */
		return operates(OPCODE_TO_NEITHER, OPCODE_IMMEDIATE_NONE, 0);
	case 0xaf: /* imul */
	case 0xb6: /* movz, movs */
	case 0xb7:
	case 0xbe:
	case 0xbf:
		return operates(OPCODE_TO_REGISTER, OPCODE_IMMEDIATE_NONE, 0);
	default:
		return vector_move(opcode, repeat, wide);
	}
}
