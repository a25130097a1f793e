/*
 * What must hold of an engine whose threads are all at rest: `make CHECK=1`
 * builds a library that sees to it at every step.
 *
 * The state reached by some steps has a digest. It is remembered when the steps
 * are made first, and must be the same whenever a rewind comes back there:
 *
 *     first time       d0 ── d1 ── d2 ── d3 ── d4
 *     rewind to 3      d0'── d1'── d2'── d3'          each as recorded
 */
#ifndef EXPLORER_ENGINE_CHECK_H
#define EXPLORER_ENGINE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef EXPLORER_CHECK
#define CHECKED true
#else
#define CHECKED false
#endif

struct engine;

/* Invariant: digests[0..count) are those of states on the way to here; the
 * first `expected` of them are about to be come to again. */
struct check {
	uint64_t *digests;
	size_t count;
	size_t expected;
	size_t capacity;
};

/* Asserts the invariants of the engine, its findings and its runtime, by their
 * numbers in the headers. The threads' choices have been listed. */
void check_invariants(const struct engine *engine);

/* The digest of the state without what lies on stacks: the slots of a frame
 * that nobody has written hold whatever ran there before, and where exactly a
 * thread waits depends on who switched. */
uint64_t check_digest(struct engine *engine);

/* The engine has come to a state: remembers its digest, or compares it. */
void check_arrive(struct engine *engine);

/* The steps known so far, up to `depth` of them, are about to be made again. */
void check_expect(struct engine *engine, size_t depth);

/* No state is known any more: a new round begins. */
void check_forget(struct engine *engine);

#endif
