/*
 * Random programs of toys (tests/engine/toy.h) whose threads do operations of
 * one family, so that these meet. Reduction is to run each trace of those that
 * dfs runs, once, with the same outcomes. Between them the families have every
 * kind of operation there is.
 */
#ifndef TESTS_STRATEGY_FAMILY_H
#define TESTS_STRATEGY_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/green_thread.h"
#include "trace/operation.h"

#define FAMILY_THREADS 3U

struct family {
	/* What main does before it creates the threads; or NULL. */
	void (*begin)(void);
	/* Performs the operation of that number, below `count`, in the running
	 * thread. Different calls have different places, ten apart. */
	void (*perform)(unsigned number, uintptr_t place);
	unsigned count;
	/* What has to occur in the programs, as announced or as a result. */
	const enum op *kinds;
	size_t kind_count;
};

#define FAMILY_KINDS(...)                                                      \
	.kinds = (const enum op[]){__VA_ARGS__},                               \
	.kind_count = sizeof((const enum op[]){__VA_ARGS__}) / sizeof(enum op)

#define FAMILY(name) extern const struct family family_##name;
#include "strategy/families.def"
#undef FAMILY

/* Draws programs of the family, and fails at the first of which reduction runs
 * anything else than dfs; and if a kind did not occur. */
void family_check(const struct family *family);

#endif
