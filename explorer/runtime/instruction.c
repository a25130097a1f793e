/*
 * The parts of an instruction, in order: prefixes, a REX byte, one or two bytes
 * of opcode, ModRM, SIB, displacement, immediate. See Intel's manual, volume
 * 2, chapter 2.
 */
#include "runtime/instruction.h"

#include <string.h>

#include "runtime/opcode.h"

#ifdef __x86_64__

enum {
	RSP = 4,
	RBP = 5,
	NO_REGISTER = -1,
	PREFIXES_MAX = 4,
};

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
	case OPCODE_IMMEDIATE_NONE:
		return 0;
	case OPCODE_IMMEDIATE_BYTE:
		return 1;
	case OPCODE_IMMEDIATE_FULL:
		return prefixes->narrow ? 2 : 4;
	case OPCODE_IMMEDIATE_MOV_ABS:
		return prefixes->wide ? 8 : prefixes->narrow ? 2 : 4;
	}
	return 0;
}

/* The general register that this writes, or NO_REGISTER. */
static int destination(const struct opcode *opcode,
		       const struct operand *operand,
		       const struct prefixes *prefixes)
{
	if (opcode->form == OPCODE_TO_REGISTER && !opcode->vector)
		return operand->field + 8 * prefixes->register_is_high;
	if (opcode->form == OPCODE_TO_OPERAND && operand->is_register)
		return operand->number + 8 * prefixes->base_is_high;
	return NO_REGISTER;
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
	int written = destination(opcode, &operand, prefixes);
	if (written == RSP)
		return NULL;
	decoded->changes_frame = written == RBP;
	at += immediate_bytes(opcode, prefixes);
	if (opcode->form == OPCODE_CALL_OPERAND) {
		if (!operand.is_global || prefixes->segment)
			return NULL;
		decoded->effect = INSTRUCTION_CALLS;
		decoded->target = load_target(at + operand.displacement);
	} else if (opcode->form == OPCODE_TO_OPERAND && !operand.is_register) {
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
	case OPCODE_UNKNOWN:
		return NULL;
	case OPCODE_NO_OPERAND:
		/* Some of these name a register in the opcode itself. */
		decoded->changes_frame = (at[-1] & 7) == RBP;
		return at + immediate_bytes(opcode, prefixes);
	case OPCODE_CALL:
		decoded->effect = INSTRUCTION_CALLS;
		decoded->target = at + 4 + read_displacement(at, 4);
		return at + 4;
	case OPCODE_TO_REGISTER:
	case OPCODE_TO_OPERAND:
	case OPCODE_TO_NEITHER:
	case OPCODE_CALL_OPERAND:
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
		opcode =
			opcode_two_bytes(at[1], prefixes.repeat, prefixes.wide);
		at += 2;
	} else {
		opcode = opcode_one_byte(*at, at + 1);
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
