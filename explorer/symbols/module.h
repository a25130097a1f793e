/*
 * One file of the program: the executable or a shared library, with what elf
 * and libdw know of it, and the table of its names.
 *
 * It is opened, and its table made, when something is first asked about it.
 * A file that is missing, or has no debug information, is a module all the
 * same, of which less is known.
 */
#ifndef EXPLORER_SYMBOLS_MODULE_H
#define EXPLORER_SYMBOLS_MODULE_H

#include <elfutils/libdw.h>
#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbols/cache.h"
#include "symbols/variable.h"

struct module {
	char *path;
	const char *name; /* the path's last part */
	bool is_open;
	int file;	       /* -1 if it cannot be opened */
	Elf *elf;	       /* NULL if it is no ELF file */
	Dwarf *dwarf;	       /* NULL if there is no debug information */
	uint64_t thread_block; /* bytes from the start of its thread-local
				* variables up to the thread pointer, if it is
				* the executable; 0 if unknown */
	struct variables variables;
	struct cache spellings; /* name -> struct spelled, see spelling.h */
};

void module_init(struct module *module, const char *path);
void module_fini(struct module *module);

/* Opens the module if that has not been done yet. */
void module_open(struct module *module);

/* A section by name or by an address within it. Returns its name, which
 * belongs to the module, or NULL. */
const char *module_section_at(const struct module *module, uint64_t address,
			      uint64_t *ret_start);
bool module_section_named(const struct module *module, const char *name,
			  uint64_t *ret_start);

#endif
