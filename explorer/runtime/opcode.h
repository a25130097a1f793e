/*
 * What the opcodes of x86-64 do, as far as instruction.c knows them: which
 * operand they write and how long what follows them is. See Intel's manual,
 * volume 2, appendix A.
 */
#ifndef EXPLORER_RUNTIME_OPCODE_H
#define EXPLORER_RUNTIME_OPCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an instruction writes. */
enum opcode_form {
	OPCODE_UNKNOWN,
	OPCODE_NO_OPERAND,  /* there is no ModRM byte; a register at most */
	OPCODE_TO_REGISTER, /* ModRM's register */
	OPCODE_TO_OPERAND,  /* ModRM's operand: a register, or memory */
	OPCODE_TO_NEITHER,
	OPCODE_CALL,
	OPCODE_CALL_OPERAND,
};

enum opcode_immediate {
	OPCODE_IMMEDIATE_NONE,
	OPCODE_IMMEDIATE_BYTE,
	OPCODE_IMMEDIATE_FULL,	  /* 2 or 4 bytes, by the operand's size */
	OPCODE_IMMEDIATE_MOV_ABS, /* 8 bytes where the operand has 8 */
};

struct opcode {
	enum opcode_form form;
	enum opcode_immediate immediate;
	size_t bytes; /* of the operand; 0: what the prefixes say */
	bool vector;  /* ModRM's register is a vector register */
};

/* Opcodes of one byte. next is the byte after it, read only where it is part of
 * the instruction. */
struct opcode opcode_one_byte(uint8_t opcode, const uint8_t *next);

/* The byte after 0F. repeat is the prefix F2 or F3, or 0; wide is REX.W. */
struct opcode opcode_two_bytes(uint8_t opcode, uint8_t repeat, bool wide);

#endif
