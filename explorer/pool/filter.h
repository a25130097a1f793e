/*
 * Findings that are left out, as the user asks: of some kinds (--only, --no),
 * and those that a file of suppressions names.
 *
 * A suppression is a line "kind:pattern", as ThreadSanitizer has them: the kind
 * is ThreadSanitizer's ("race", "race_top", "deadlock", "mutex") or one of ours
 * ("data-race", "use-after-free"), and "*" is any; others of ThreadSanitizer's
 * have no effect, which is said. The pattern is looked for in
 * the functions, files and variables of the finding, callers included; "*"
 * stands for anything, "^" and "$" for the beginning and the end. What follows
 * "#" at the start of a line is a comment.
 */
#ifndef EXPLORER_POOL_FILTER_H
#define EXPLORER_POOL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "pool/merge.h"
#include "trace/result.h"

struct suppression {
	unsigned kinds; /* set of bits 1 << enum finding_kind */
	bool top;	/* of the accesses themselves, not of their callers */
	char *pattern;
};

struct filter {
	unsigned hidden; /* set of kinds */
	struct suppression *suppressions;
	size_t count;
	size_t capacity;
	/* Sentences on those that have no effect. */
	char **notes;
	size_t note_count;
	size_t note_capacity;
};

/* Reads a file of suppressions. Returns 0; or -1 with one sentence in
 * *ret_error (free() it). */
int filter_read(struct filter *filter, const char *path, char **ret_error);
void filter_fini(struct filter *filter);

/* Takes out of *merged what is to be left out, and returns how many findings a
 * suppression named. An outcome that nothing but left out findings speaks of
 * is none to be concerned about. filter may be NULL. */
size_t filter_apply(const struct filter *filter, struct merged *merged);

/* Whether data races need not be looked for. filter may be NULL. */
bool filter_hides_races(const struct filter *filter);

/* Whether it need not be looked where accesses to the heap go. Likewise. */
bool filter_hides_bounds(const struct filter *filter);

/* Whether the finding is to be left out. filter may be NULL. */
bool filter_hides(const struct filter *filter, const struct finding *finding);

#endif
