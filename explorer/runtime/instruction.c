/*
 * See Intel's manual, volume 2, chapter 2 and appendix A: prefixes, a REX byte,
 * one or two bytes of opcode, ModRM, SIB, displacement, immediate.
 */
#include "runtime/instruction.h"

#include <string.h>

#ifdef __x86_64__

enum {
	RSP = 4,
	RBP = 5,
	PREFIXES_MAX = 4,
};

/* What an instruction writes. */
enum form {
	FORM_UNKNOWN,
	FORM_NO_OPERAND,  /* there is no ModRM byte; a register at most */
	FORM_TO_REGISTER, /* ModRM's register */
	FORM_TO_OPERAND,  /* ModRM's operand: a register, or memory */
	FORM_TO_NEITHER,
	FORM_CALL,
	FORM_CALL_OPERAND,
};

enum immediate {
	IMMEDIATE_NONE,
	IMMEDIATE_BYTE,
	IMMEDIATE_FULL,	   /* 2 or 4 bytes, by the operand's size */
	IMMEDIATE_MOV_ABS, /* 8 bytes where the operand has 8 */
};

struct opcode {
	enum form form;
	enum immediate immediate;
	size_t bytes; /* of the operand; 0: what the prefixes say */
	bool vector;  /* ModRM's register is a vector register */
};

static struct opcode operates(enum form form, enum immediate immediate,
			      size_t bytes)
{
	return (struct opcode){form, immediate, bytes, false};
}

struct prefixes {
	bool wide;	       /* REX.W */
	bool register_is_high; /* REX.R */
	bool index_is_high;    /* REX.X */
	bool base_is_high;     /* REX.B */
	bool narrow;	       /* 66 */
	bool segment;	       /* 64, 65: not relative to what it seems */
	uint8_t repeat;	       /* F2, F3, or 0 */
};

struct operand {
	uint8_t field; /* ModRM's register, or more of the opcode */
	bool is_register;
	uint8_t number; /* of that register, without REX.B */
	bool is_global; /* relative to the next instruction */
	enum instruction_base base;
	int32_t displacement;
};

/* Addresses are worked out from these two, so nothing may change them. */
static bool is_pinned(uint8_t number, bool is_high)
{
	return !is_high && (number == RSP || number == RBP);
}

static int32_t read_displacement(const uint8_t *at, size_t bytes)
{
	int32_t wide = 0;

	if (bytes == 1)
		return (int8_t)*at;
	if (bytes == 4)
		memcpy(&wide, at, sizeof wide);
	return wide;
}

static const uint8_t *decode_prefixes(const uint8_t *at,
				      struct prefixes *prefixes)
{
	*prefixes = (struct prefixes){0};
	for (int i = 0; i < PREFIXES_MAX; i++, at++) {
		if (*at == 0x66)
			prefixes->narrow = true;
		else if (*at == 0x64 || *at == 0x65)
			prefixes->segment = true;
		else if (*at == 0xf2 || *at == 0xf3)
			prefixes->repeat = *at;
		else if (*at == 0x67 && at[1] == 0xe8)
			continue; /* how linkers pad a call made direct */
		else
			break;
	}
	if ((*at & 0xf0) == 0x40) {
		prefixes->wide = *at & 8;
		prefixes->register_is_high = *at & 4;
		prefixes->index_is_high = *at & 2;
		prefixes->base_is_high = *at & 1;
		at++;
	}
	return at;
}

/* The base of an address, by its number; `index` says that another register
 * is added. */
static enum instruction_base base_of(uint8_t number, bool index,
				     const struct prefixes *prefixes)
{
	if (index || prefixes->base_is_high || prefixes->segment)
		return INSTRUCTION_BASE_OTHER;
	if (number == RSP)
		return INSTRUCTION_BASE_STACK;
	if (number == RBP)
		return INSTRUCTION_BASE_FRAME;
	return INSTRUCTION_BASE_OTHER;
}

static const uint8_t *decode_operand(const uint8_t *at,
				     const struct prefixes *prefixes,
				     struct operand *operand)
{
	uint8_t mod = *at >> 6, rm = *at & 7;

	*operand = (struct operand){
		.field = *at >> 3 & 7,
		.is_register = mod == 3,
		.number = rm,
		.base = INSTRUCTION_BASE_OTHER,
	};
	at++;
	if (operand->is_register)
		return at;

	size_t displacement = mod == 1 ? 1 : mod == 2 ? 4 : 0;
	bool no_base = mod == 0 && rm == RBP;
	operand->is_global = no_base;
	if (rm == RSP) {
		uint8_t base = *at & 7;
		bool index = (*at >> 3 & 7) != RSP || prefixes->index_is_high;

		no_base = mod == 0 && base == RBP;
		if (!no_base)
			operand->base = base_of(base, index, prefixes);
		at++;
	} else if (!no_base) {
		operand->base = base_of(rm, false, prefixes);
	}
	if (no_base)
		displacement = 4;
	operand->displacement = read_displacement(at, displacement);
	return at + displacement;
}

/* add, or, adc, sbb, and, sub, xor, cmp: six shapes of each. */
static struct opcode arithmetic(uint8_t opcode)
{
	bool compares = opcode >= 0x38;
	struct opcode known = {.bytes = opcode & 1 ? 0 : 1};

	switch (opcode & 7) {
	case 0:
	case 1:
		known.form = compares ? FORM_TO_NEITHER : FORM_TO_OPERAND;
		break;
	case 2:
	case 3:
		known.form = compares ? FORM_TO_NEITHER : FORM_TO_REGISTER;
		break;
	case 4:
		known.form = FORM_NO_OPERAND;
		known.immediate = IMMEDIATE_BYTE;
		break;
	case 5:
		known.form = FORM_NO_OPERAND;
		known.immediate = IMMEDIATE_FULL;
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
	enum immediate full = opcode & 1 ? IMMEDIATE_FULL : IMMEDIATE_BYTE;

	switch (opcode) {
	case 0x80: /* arithmetic with an immediate */
	case 0x81:
		return operates(field == 7 ? FORM_TO_NEITHER : FORM_TO_OPERAND,
				full, bytes);
	case 0x83:
		return operates(field == 7 ? FORM_TO_NEITHER : FORM_TO_OPERAND,
				IMMEDIATE_BYTE, 0);
	case 0xc0: /* shifts */
	case 0xc1:
		return operates(FORM_TO_OPERAND, IMMEDIATE_BYTE, bytes);
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		return operates(FORM_TO_OPERAND, IMMEDIATE_NONE, bytes);
	case 0xc6: /* mov of an immediate */
	case 0xc7:
		return operates(field == 0 ? FORM_TO_OPERAND : FORM_UNKNOWN,
				full, bytes);
	case 0xf6: /* test, not, neg, and those that write rax and rdx */
	case 0xf7:
		return operates(field == 2 || field == 3 ? FORM_TO_OPERAND
							 : FORM_TO_NEITHER,
				field < 2 ? full : IMMEDIATE_NONE, bytes);
	case 0xfe: /* inc, dec, call */
	case 0xff:
		if (opcode == 0xff && field == 2)
			return operates(FORM_CALL_OPERAND, IMMEDIATE_NONE, 8);
		return operates(field < 2 ? FORM_TO_OPERAND : FORM_UNKNOWN,
				IMMEDIATE_NONE, bytes);
	default:
		return operates(FORM_UNKNOWN, IMMEDIATE_NONE, 0);
	}
}

/* next is the byte after the opcode, read only where it belongs to it. */
static struct opcode one_byte(uint8_t opcode, const uint8_t *next,
			      const struct prefixes *prefixes)
{
	if (is_group(opcode))
		return group(opcode, *next >> 3 & 7);
	if (opcode < 0x40 && (opcode & 7) < 6)
		return arithmetic(opcode);
	if ((opcode & 0xf8) == 0xb8 &&
	    !is_pinned(opcode & 7, prefixes->base_is_high))
		return operates(FORM_NO_OPERAND, IMMEDIATE_MOV_ABS, 0);
	switch (opcode) {
	case 0x84: /* test */
	case 0x85:
		return operates(FORM_TO_NEITHER, IMMEDIATE_NONE, 0);
	case 0x88: /* mov */
	case 0x89:
		return operates(FORM_TO_OPERAND, IMMEDIATE_NONE,
				opcode & 1 ? 0 : 1);
	case 0x63: /* movslq */
	case 0x8a: /* mov */
	case 0x8b:
	case 0x8d: /* lea */
		return operates(FORM_TO_REGISTER, IMMEDIATE_NONE, 0);
	case 0x69: /* imul */
		return operates(FORM_TO_REGISTER, IMMEDIATE_FULL, 0);
	case 0x6b:
		return operates(FORM_TO_REGISTER, IMMEDIATE_BYTE, 0);
	case 0x90: /* nop, cltq, cltd */
	case 0x98:
	case 0x99:
		return operates(FORM_NO_OPERAND, IMMEDIATE_NONE, 0);
	case 0xe8:
		return operates(FORM_CALL, IMMEDIATE_NONE, 0);
	default:
		return operates(FORM_UNKNOWN, IMMEDIATE_NONE, 0);
	}
}

/* Moves between vector registers and memory, whose meaning the prefix
 * decides. */
static struct opcode vector_move(uint8_t opcode,
				 const struct prefixes *prefixes)
{
	struct opcode known = {.form = FORM_TO_REGISTER, .vector = true};

	switch (opcode) {
	case 0x10: /* loads; movd; pxor, xorps */
	case 0x28:
	case 0x57:
	case 0x6e:
	case 0x6f:
	case 0xef:
		return known;
	case 0x7e:
		if (prefixes->repeat == 0xf3)
			return known;
		known.form = FORM_TO_OPERAND;
		known.bytes = prefixes->wide ? 8 : 4;
		return known;
	case 0x11: /* stores */
	case 0x29:
	case 0x7f:
		known.form = FORM_TO_OPERAND;
		known.bytes = 16;
		if (opcode == 0x11 && prefixes->repeat != 0)
			known.bytes = prefixes->repeat == 0xf3 ? 4 : 8;
		return known;
	case 0x13:
	case 0x17:
	case 0xd6:
		known.form = FORM_TO_OPERAND;
		known.bytes = 8;
		return known;
	default:
		known.form = FORM_UNKNOWN;
		return known;
	}
}

/* After 0F. */
static struct opcode two_bytes(uint8_t opcode, const struct prefixes *prefixes)
{
	if ((opcode & 0xf0) == 0x40) /* cmov */
		return operates(FORM_TO_REGISTER, IMMEDIATE_NONE, 0);
	if ((opcode & 0xf0) == 0x90) /* set */
		return operates(FORM_TO_OPERAND, IMMEDIATE_NONE, 1);
	switch (opcode) {
	case 0x1e: /* endbr64 and other hints */
	case 0x1f: /* nop */
		return operates(FORM_TO_NEITHER, IMMEDIATE_NONE, 0);
	case 0xaf: /* imul */
	case 0xb6: /* movz, movs */
	case 0xb7:
	case 0xbe:
	case 0xbf:
		return operates(FORM_TO_REGISTER, IMMEDIATE_NONE, 0);
	default:
		return vector_move(opcode, prefixes);
	}
}

static size_t operand_bytes(const struct opcode *opcode,
			    const struct prefixes *prefixes)
{
	if (opcode->bytes != 0)
		return opcode->bytes;
	return prefixes->wide ? 8 : prefixes->narrow ? 2 : 4;
}

static size_t immediate_bytes(const struct opcode *opcode,
			      const struct prefixes *prefixes)
{
	switch (opcode->immediate) {
	case IMMEDIATE_NONE:
		return 0;
	case IMMEDIATE_BYTE:
		return 1;
	case IMMEDIATE_FULL:
		return prefixes->narrow ? 2 : 4;
	case IMMEDIATE_MOV_ABS:
		return prefixes->wide ? 8 : prefixes->narrow ? 2 : 4;
	}
	return 0;
}

/* Says whether the general register that this writes, if any, may be
 * written. */
static bool destination_is_free(const struct opcode *opcode,
				const struct operand *operand,
				const struct prefixes *prefixes)
{
	if (opcode->form == FORM_TO_REGISTER)
		return opcode->vector ||
		       !is_pinned(operand->field, prefixes->register_is_high);
	if (opcode->form == FORM_TO_OPERAND && operand->is_register)
		return !is_pinned(operand->number, prefixes->base_is_high);
	return true;
}

static const uint8_t *load_target(const uint8_t *pointer)
{
	const uint8_t *target;

	memcpy(&target, pointer, sizeof target);
	return target;
}

/* What is left of an instruction with a ModRM byte, which is at `at`. Returns
 * its end, or NULL. */
static const uint8_t *decode_with_operand(const uint8_t *at,
					  const struct opcode *opcode,
					  const struct prefixes *prefixes,
					  struct instruction *decoded)
{
	struct operand operand;

	at = decode_operand(at, prefixes, &operand);
	if (!destination_is_free(opcode, &operand, prefixes))
		return NULL;
	at += immediate_bytes(opcode, prefixes);
	if (opcode->form == FORM_CALL_OPERAND) {
		if (!operand.is_global || prefixes->segment)
			return NULL;
		decoded->effect = INSTRUCTION_CALLS;
		decoded->target = load_target(at + operand.displacement);
	} else if (opcode->form == FORM_TO_OPERAND && !operand.is_register) {
		decoded->effect = INSTRUCTION_STORES;
		decoded->base = operand.base;
		decoded->displacement = operand.displacement;
		decoded->bytes = operand_bytes(opcode, prefixes);
	}
	return at;
}

/* What follows the opcode, from `at`. Returns the instruction's end, or
 * NULL. */
static const uint8_t *decode_rest(const uint8_t *at,
				  const struct opcode *opcode,
				  const struct prefixes *prefixes,
				  struct instruction *decoded)
{
	switch (opcode->form) {
	case FORM_UNKNOWN:
		return NULL;
	case FORM_NO_OPERAND:
		return at + immediate_bytes(opcode, prefixes);
	case FORM_CALL:
		decoded->effect = INSTRUCTION_CALLS;
		decoded->target = at + 4 + read_displacement(at, 4);
		return at + 4;
	case FORM_TO_REGISTER:
	case FORM_TO_OPERAND:
	case FORM_TO_NEITHER:
	case FORM_CALL_OPERAND:
		return decode_with_operand(at, opcode, prefixes, decoded);
	}
	return NULL;
}

bool instruction_decode(const uint8_t *code, struct instruction *ret_decoded)
{
	struct instruction decoded = {.effect = INSTRUCTION_QUIET};
	struct prefixes prefixes;
	struct opcode opcode;
	const uint8_t *at = decode_prefixes(code, &prefixes);

	if (*at == 0x0f) {
		opcode = two_bytes(at[1], &prefixes);
		at += 2;
	} else {
		opcode = one_byte(*at, at + 1, &prefixes);
		at++;
	}
	at = decode_rest(at, &opcode, &prefixes, &decoded);
	if (at == NULL)
		return false;
	decoded.length = (size_t)(at - code);
	*ret_decoded = decoded;
	return true;
}
#else

bool instruction_decode(const uint8_t *code, struct instruction *ret_decoded)
{
	(void)code;
	(void)ret_decoded;
	return false;
}

#endif
