/*
 * What the library says in numbers, said in names.
 *
 * Strings that are returned belong to the caller (free()).
 */
#ifndef EXPLORER_POOL_NAMING_H
#define EXPLORER_POOL_NAMING_H

#include <stdbool.h>
#include <stdint.h>

#include "symbols/symbols.h"
#include "trace/operation.h"
#include "trace/result.h"

/* "main", "T1", "T2" ... */
char *name_of_thread(uint32_t thread);

/* "x", "m", "descriptor 1", "T2"; NULL if the operation has no object. */
char *name_of_object(struct symbols *symbols, struct location object,
		     uint64_t size);

/* How many bytes of its object an operation is about: those it accesses, or the
 * whole of a lock or semaphore. */
uint64_t bytes_of_object(enum op op, uint64_t accessed);
/* What people call an operation's object: "lock", "barrier"; NULL if that is
 * not worth saying. */
const char *word_of_object(enum op op);

/* The name of a lock whose first member it is, as the libraries call that: "m"
 * of "m.__data" or "m._M_mutex", also within quotes. Changes the string. */
char *name_without_inside(char *name);

/* "SIGSEGV"; "signal 40" where there is no such name. */
char *name_of_signal(int signal);

/* A copy of a place's names, owned by the caller. */
struct source_place name_of_place(struct symbols *symbols,
				  struct code_place place);
struct source_place source_place_copy(const struct source_place *place);
void source_place_free(struct source_place *place);

/* Whether it lies in a header of the system's, as inline functions of C++ do,
 * or in a library: who called them is the one to point at. */
bool place_is_of_system(const struct source_place *place);

/* The first of these places, innermost first, that lies in the program's own
 * source; the very first if none does. */
struct source_place name_of_place_in_program(struct symbols *symbols,
					     struct code_place first,
					     const struct code_place *callers,
					     size_t count);

/* "increment() counter.c:14"; "" if nothing is known. */
char *place_words(const struct source_place *place);
/* " in increment() counter.c:14"; "" if nothing is known. */
char *place_phrase(const struct source_place *place);

/* strdup(), of NULL too, and without failure. */
char *string_copy(const char *string);

#endif
