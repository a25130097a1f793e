/*
 * A trace: one execution, complete enough to be run again, exactly, on any
 * build of the same source; and its text file (docs/trace-format.md).
 *
 * A step is identified by its thread, operation, named object, function and
 * line, never by an address, so a trace outlives the build it came from.
 */
#ifndef EXPLORER_TRACE_TRACE_H
#define EXPLORER_TRACE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "trace/operation.h"
#include "trace/result.h"
#include "trace/schedule.h"

#define TRACE_VERSION 1

/* "main", "T1", "T2" ...: what threads are called everywhere. Returns name. */
#define THREAD_NAME_BYTES 12
char *thread_name(uint32_t thread, char name[THREAD_NAME_BYTES]);
/* The reverse, of the `length` bytes at name; false if it is no such name. */
bool thread_by_name(const char *name, size_t length, uint32_t *ret_thread);

/* Steps listed at most, unless a full listing is asked for: the first half of
 * them, and the last half. */
#define TRACE_LISTED_MAX 1000
/* A running hash is stored every so many steps. */
#define TRACE_HASH_INTERVAL 1024

/* One step, named. Strings are owned by the trace. */
struct step {
	uint64_t number; /* position in the schedule, from 0 */
	uint32_t thread; /* number in creation order: 0 is main, 1 is T1 */
	uint32_t alternative;
	enum op op;
	enum memory_order_kind order;
	char *object;  /* "x", "m", "descriptor 1"; NULL if none */
	uint64_t size; /* bytes accessed; 0 if no memory is */
	bool has_values;
	uint64_t before;
	uint64_t after;
	char *result;	     /* "taken", "busy"; NULL if none */
	uint64_t reads_from; /* step, or EVENT_NONE */
	bool lost_update;
	char *function; /* NULL if unknown */
	char *file;	/* as in the debug information, base name kept */
	unsigned line;
};

/* A range of visible memory, named: "x", "file.c:x", "table+8",
 * "heap 0.3+8" (slot.allocation+offset), "stack 1-128" */
struct visible_name {
	char *name;
	uint64_t bytes;
	/* On the heap: where its block begins; 0 for wherever that is. */
	uint64_t block;
};

/* Invariants: schedule.length is the number of steps in all; steps[] holds the
 * listed ones in increasing order of number; hashes[i] is the running hash
 * after (i + 1) * TRACE_HASH_INTERVAL steps. Where the program died, its last
 * steps may be neither listed nor hashed. */
struct trace {
	unsigned version;
	char *program; /* as the user named it: path of a .c or executable */
	char *sources; /* the .c files given, space separated, or NULL */
	char **arguments;
	size_t argument_count;
	char *cflags;		   /* --cflags, or NULL */
	bool optimised;		   /* --keep-optimisation */
	char *input;		   /* path given to --stdin, or NULL */
	char *source_hash;	   /* hex digest of the source file, or NULL */
	char *build_id;		   /* a hint only, or NULL */
	char *strategy;		   /* that found it */
	bool uninitialised;	   /* --uninitialised */
	bool leaks;		   /* --leaks */
	char *note;		   /* what is shown: "data race ...", or NULL */
	enum finding_kind finding; /* FINDING_COUNT: shows an outcome only */

	char **watched; /* names given to --watch */
	size_t watched_count;
	char *expect; /* --expect, or NULL */
	struct visible_name *visible;
	size_t visible_count;
	bool clock_is_read; /* sleeping is a visible operation */

	struct outcome outcome; /* end, status, values, output, message */

	struct schedule schedule;
	struct step *steps;
	size_t step_count;
	uint64_t *hashes;
	size_t hash_count;
	uint64_t final_hash; /* running hash after the last step */
};

void trace_fini(struct trace *trace);
/* Asserts the invariants. */
void trace_check(const struct trace *trace);
/* Frees the strings in *step. */
void step_fini(struct step *step);

/* Appends a step to the list (taking over its strings), unless the list is to
 * be cut and the step lies in the middle: `total` is the number of steps to
 * come in all, `full` asks for all. Updates the hashes with every step. */
void trace_add_step(struct trace *trace, struct step *step, uint64_t total,
		    bool full);

/* The running hash after one more step: covers thread, alternative, op,
 * object, function and line (not values, not the file's name). */
uint64_t step_hash(uint64_t running, const struct step *step);

/* Writes the text form. Returns 0, or -1 with errno. */
int trace_write(const struct trace *trace, FILE *file);

/* What is wrong with a trace file: line 0 concerns the file as a whole. */
struct trace_error {
	unsigned line;
	char message[200];
};

/* Reads the text form. Returns 0; or -1 with *ret_error, and *ret_trace is
 * left as it was. */
int trace_read(FILE *file, struct trace *ret_trace,
	       struct trace_error *ret_error);

/* Creates `folder`/`stem`-N.trace for the first N >= 1 that does not exist yet,
 * writes the trace and returns its path (free() it); NULL with errno if the
 * folder or file cannot be written, and then no partial file is left. A folder
 * that does not exist is created, with those above it. Characters of the stem
 * that shells and other systems treat specially are replaced by '_'. */
char *trace_save(const struct trace *trace, const char *folder,
		 const char *stem);

#endif
