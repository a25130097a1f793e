/*
 * Names for addresses, and addresses for names, from the debug information
 * (elfutils libdw).
 *
 * A module's number is its place in the list given to symbols_new(); module 0
 * is the executable. Offsets are addresses as linked (run-time address minus
 * load bias).
 */
#ifndef EXPLORER_SYMBOLS_SYMBOLS_H
#define EXPLORER_SYMBOLS_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/location.h"
#include "trace/result.h"

struct symbols;

/* Opens the debug information of the executable at `path`. Never fails for want
 * of debug information: names are then unknown. Owned by the caller. */
struct symbols *symbols_new(const char *path);
void symbols_free(struct symbols *symbols);
/* Tells about a further module; call in the order of their numbers (1, 2 ...).
 * It is opened when it is first asked about. */
void symbols_add_module(struct symbols *symbols, const char *path);

/* The function and line of a place in the code. The strings in *ret_place
 * belong to `symbols` (they are cached: asking twice is cheap); do not free
 * them. Returns false, with NULL and 0 in it, if unknown. */
bool symbols_place(struct symbols *symbols, struct code_place place,
		   struct source_place *ret_place);

/*
 * A name for the `size` bytes at a location: "x", "s.field", "table[3].next",
 * "count" (a static local: its plain name; with "file.c:" in front if another
 * variable has the same name), "x+3" where no member starts there,
 * "heap 0.3+8" (slot.allocation+offset), "stack 1-128", "tls 1-16",
 * "descriptor 1", "clock", "random". With NAME_BY_BYTES as the size what lies
 * within a variable is counted in bytes: "s+4", "table+56". The string belongs
 * to `symbols`, is cached, and stays valid.
 */
#define NAME_BY_BYTES UINT64_MAX
const char *symbols_name(struct symbols *symbols, struct location location,
			 uint64_t size);

/* Something in a function's frame. */
struct frame_place {
	struct code_place place;	      /* in the function */
	int64_t offset;			      /* from the top of its frame */
	const struct frame_pointer *pointers; /* in the frame, nearest first */
	uint32_t pointer_count;
};

/* A name for the `size` bytes there: local "count" of main(); or stack memory
 * of main() where there is no such variable. Owned by the caller (free()); NULL
 * if the function has no name. */
char *symbols_local(struct symbols *symbols, const struct frame_place *frame,
		    uint64_t size);

/* The reverse of symbols_name() for memory: false if there is no such place
 * in these modules. */
bool symbols_locate(struct symbols *symbols, const char *name,
		    struct location *ret_location);

/* How the bytes of a watched name are to be read. */
struct watch {
	char *name;		  /* as given; owned by the watch */
	struct location location; /* LOCATION_MODULE */
	uint32_t bytes;		  /* 1 .. 16 */
	const void *type;	  /* private to symbols/ */
};

/*
 * Resolves what --watch was given: a global, s.field, a[3], file.c:x, p->next
 * is not supported. Returns 0; or -1 with one sentence in *ret_error (free()
 * it) that says what is wrong with the name and suggests the nearest one that
 * exists ("no global variable 'y'; did you mean 'x'?"), or that arrays and
 * structs cannot be shown ("'s' is a struct; name one of its fields: s.a,
 * s.b").
 */
int symbols_watch(struct symbols *symbols, const char *name,
		  struct watch *ret_watch, char **ret_error);
void watch_fini(struct watch *watch);

/* Whether the name begins with a variable or function of the program, whatever
 * else is wrong with it. */
bool symbols_knows(struct symbols *symbols, const char *name);

/* What can be watched in the executable, by name, in alphabetical order:
 * *ret_count names that belong to `symbols`. */
const char *const *symbols_globals(struct symbols *symbols, size_t *ret_count);

/* The watched bytes as a value: integers of any width and sign, bool, char,
 * enum by name, pointers "&x+8" | "null" | "heap ...", floats. `pointee` is
 * where a pointer points to, already looked up (LOCATION_NONE for others).
 * The result's strings are the caller's (free()). */
struct value symbols_value(struct symbols *symbols, const struct watch *watch,
			   const void *bytes, struct location pointee);
/* Bytes of no known type as a value: of 1, 2, 4 or 8 a signed number, of others
 * what they are, two hexadecimal digits each. */
struct value value_of_bytes(const char *name, const void *bytes, size_t count);
bool watch_is_pointer(const struct watch *watch);
/* Whether its bytes are a whole number as C sees it, pointers and enumerators
 * included; and whether that may be a negative one. */
bool watch_is_number(const struct watch *watch, bool *ret_signed);

#endif
