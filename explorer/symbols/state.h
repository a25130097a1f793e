/*
 * What struct symbols is made of; private to symbols/.
 */
#ifndef EXPLORER_SYMBOLS_STATE_H
#define EXPLORER_SYMBOLS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "symbols/cache.h"
#include "symbols/module.h"
#include "symbols/spelling.h"
#include "symbols/symbols.h"

struct symbols {
	struct module *modules;
	size_t module_count;
	size_t module_capacity;
	char *folder;	      /* the current one; NULL if it is unknown */
	struct cache places;  /* struct code_place -> struct source_place */
	struct cache names;   /* struct location and size -> string */
	struct cache types;   /* name of a watch -> struct type */
	const char **globals; /* see symbols_globals(); NULL: not asked for */
	size_t global_count;
};

/* The module, opened; NULL if there is none of that number. */
struct module *symbols_module(struct symbols *symbols, uint32_t number);

/* Appends the name of memory in a module. */
void name_module(struct symbols *symbols, struct buffer *text, uint32_t number,
		 uint64_t address, uint64_t size);

/*
 * What the beginning of a name stands for: the longest piece of it that a
 * variable is called by. Found in the modules in their order, or in the one
 * that stands in front ("libqueue.so:length").
 */
struct named {
	uint32_t module;
	const struct spelled *spelled;
	const char *rest; /* of the name, behind the piece */
};
bool name_find(struct symbols *symbols, const char *name,
	       struct named *ret_named);

#endif
