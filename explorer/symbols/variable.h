/*
 * The table of the things in a module that have a name and an address: global
 * variables, static locals, thread-local variables, and functions.
 *
 * The debug information comes first, since it knows types and files; the ELF
 * symbol table adds what the former does not have. Names and files belong to
 * the module's libdw and libelf handles.
 */
#ifndef EXPLORER_SYMBOLS_VARIABLE_H
#define EXPLORER_SYMBOLS_VARIABLE_H

#include <elfutils/libdw.h>
#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbols/cache.h"
#include "symbols/type.h"

/* Where a name comes from, best first: of two things with the same name, the
 * one in the better scope has it to itself, as in C a global has against the
 * static locals of functions. */
enum variable_scope {
	SCOPE_FILE,
	SCOPE_FUNCTION,
	SCOPE_SYMBOL, /* the ELF symbol table only */
};

struct variable {
	const char *name;
	const char *folder;   /* where the file was compiled, or NULL */
	const char *file;     /* as the compiler was given it, or NULL */
	const char *function; /* that a static local is in, or NULL */
	int line;	      /* 0 if unknown */
	enum variable_scope scope;
	bool is_function;
	bool is_thread_local; /* address is then an offset in the block */
	bool has_type;
	struct type type; /* if has_type */
	uint64_t address;
	uint64_t bytes; /* 0 if unknown */
	char *spelling; /* see spelling.h */
};

/*
 * Invariants:
 * 1. items are sorted by is_thread_local, address, and then the better name.
 * 2. ends[i] is the largest address + bytes of items[0..i] with the same
 *    is_thread_local.
 */
struct variables {
	struct variable *items;
	uint64_t *ends;
	size_t count;
	size_t capacity;
	struct cache strings; /* names that are in no handle as they are */
};

/* Fills in the table, which must be empty, and sorts it. dwarf may be NULL. */
void variables_collect(struct variables *variables, Dwarf *dwarf, Elf *elf);
void variables_fini(struct variables *variables);

/* Adds one to the table, while it is being filled in. */
void variables_add(struct variables *variables, struct variable variable);

/* The thing that the address lies in: the innermost, best named one; NULL if
 * there is none. */
struct variable *variables_at(const struct variables *variables,
			      bool is_thread_local, uint64_t address);

#endif
