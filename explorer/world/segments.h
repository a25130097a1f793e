/*
 * The modules of the process and their writable segments.
 *
 * Every module's writable data belongs to the world, libc's and ld.so's
 * included; our own library's does not.
 */
#ifndef EXPLORER_WORLD_SEGMENTS_H
#define EXPLORER_WORLD_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/location.h"
#include "world/pages.h"

#define MODULES_MAX 256U

struct module {
	const char *path; /* of the executable: "" */
	uintptr_t bias;
	uintptr_t start; /* of all its segments */
	uintptr_t end;
	uintptr_t code_start; /* of what can be executed */
	uintptr_t code_end;
	bool own;     /* libexplorer.so itself */
	bool system;  /* the loader and libc */
	bool foreign; /* not built with explorer cc, and none of the compiler's
		       */
	bool framed;  /* keeps frame pointers, being ours or the program's */
	bool has_tls;
};

struct modules {
	struct module at[MODULES_MAX];
	unsigned count;
};

/* Fills in the list, in the loader's order: [0] is the executable. */
void modules_find(struct modules *modules);

/* Adds the writable segments, without what is read-only after relocation, to
 * the pages of the world. */
void segments_add(const struct modules *modules, struct pages *pages);

/* The module that holds an address, or NULL. */
const struct module *modules_at(const struct modules *modules,
				uintptr_t address);

/* The module that is foreign and holds an address, or NULL. */
struct module *modules_foreign_at(struct modules *modules, uintptr_t address);

/* The place of an address in the code. */
struct code_place modules_place(const struct modules *modules,
				uintptr_t address);

#endif
