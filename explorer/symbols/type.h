/*
 * Types, as far as names and values need them: a thin layer on libdw that
 * knows no typedefs and no qualifiers (const, volatile, _Atomic ...), and
 * takes an array of arrays apart dimension by dimension, as C does.
 */
#ifndef EXPLORER_SYMBOLS_TYPE_H
#define EXPLORER_SYMBOLS_TYPE_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct type {
	Dwarf_Die die;	    /* neither typedef nor qualifier */
	unsigned dimension; /* of an array: how many are taken off already */
};

enum type_kind {
	TYPE_SIGNED,
	TYPE_UNSIGNED,
	TYPE_BOOL,
	TYPE_REAL,
	TYPE_ENUM,
	TYPE_POINTER,
	TYPE_ARRAY,
	TYPE_STRUCT,
	TYPE_UNION,
	TYPE_OTHER, /* complex and decimal numbers, functions, void ... */
};

/* The type that a variable, member, pointer, enum ... has or is made of.
 * False if it has none: void. */
bool type_of(Dwarf_Die die, struct type *ret_type);

enum type_kind type_kind(struct type type);
/* As the source spells it, without qualifiers, or "unnamed". */
const char *type_name(struct type type);
/* 0 if unknown: an array without bounds, an incomplete struct. */
uint64_t type_bytes(struct type type);

/* What an array or vector consists of, and how many of them: UINT64_MAX if
 * the array has no bounds. */
struct type type_element(struct type array);
uint64_t type_element_count(struct type array);

/* A field of a struct or union. One without a name is itself a struct or
 * union, whose fields count as fields of the outer one. */
struct member {
	Dwarf_Die die;
	const char *name; /* NULL if it has none */
	struct type type;
	uint64_t offset; /* in bytes; of a bit-field: of its first bit */
	bool is_bit_field;
};

/* The first member, and the one after *member (into the same place). False if
 * there is none. */
bool type_first_member(struct type type, struct member *ret_member);
bool type_next_member(struct member *member);

/* The member of that name, also within unnamed ones; the offset is then that
 * within `type`. */
bool type_member_named(struct type type, const char *name, size_t length,
		       struct member *ret_member);

#endif
