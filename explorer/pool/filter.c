/*
 * Findings that are left out. See filter.h.
 */
#include "pool/filter.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/naming.h"

#define KIND(kind) (1U << (kind))
#define ALL_KINDS  (KIND(FINDING_COUNT) - 1)

/* --- Reading */

/* Races, by the functions and files of the accesses themselves. */
#define RACE_TOP "race_top"

/* 0 if there is no kind of that name. */
static unsigned kinds_by_name(const char *name)
{
	enum finding_kind kind = finding_by_name(name);

	/* ThreadSanitizer's are lock-order inversions. */
	if (kind == FINDING_DEADLOCK)
		return KIND(kind) | KIND(FINDING_LOCK_ORDER);
	if (kind != FINDING_COUNT)
		return KIND(kind);
	if (strcmp(name, "race") == 0 || strcmp(name, RACE_TOP) == 0)
		return KIND(FINDING_DATA_RACE);
	if (strcmp(name, "mutex") == 0)
		return KIND(FINDING_MISUSE);
	return strcmp(name, "*") == 0 ? ALL_KINDS : 0;
}

/* ThreadSanitizer's kinds that nothing here corresponds to. */
static bool is_foreign(const char *name)
{
	static const char *const names[] = {"thread", "signal",
					    "called_from_lib", "fork_pattern"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static char *trimmed(char *line)
{
	char *end = line + strlen(line);

	while (end > line && strchr(" \t\r\n", end[-1]))
		*--end = '\0';
	return line + strspn(line, " \t");
}

static void add(struct filter *filter, unsigned kinds, bool top,
		const char *pattern)
{
	memory_reserve((void **)&filter->suppressions, &filter->capacity,
		       filter->count + 1, sizeof(*filter->suppressions));
	filter->suppressions[filter->count++] =
		(struct suppression){kinds, top, string_copy(pattern)};
}

static void add_note(struct filter *filter, char *note)
{
	memory_reserve((void **)&filter->notes, &filter->note_capacity,
		       filter->note_count + 1, sizeof(*filter->notes));
	filter->notes[filter->note_count++] = note;
}

/* A suppression that nothing can come of. */
static void note_foreign(struct filter *filter, const char *path,
			 unsigned number, const char *kind)
{
	add_note(filter, text_format("%s:%u: the suppression has no effect, as "
				     "there are no findings of the kind '%s'",
				     path, number, kind));
}

/* Returns 0; -1 if the line is no suppression. */
static int read_line(struct filter *filter, const char *path, unsigned number,
		     char *line)
{
	char *colon;
	unsigned kinds;

	if (*line == '\0' || *line == '#')
		return 0;
	colon = strchr(line, ':');
	if (!colon || colon[1] == '\0')
		return -1;
	*colon = '\0';
	if (is_foreign(line)) {
		note_foreign(filter, path, number, line);
		return 0;
	}
	kinds = kinds_by_name(line);
	if (!kinds) {
		*colon = ':';
		return -1;
	}
	add(filter, kinds, strcmp(line, RACE_TOP) == 0, colon + 1);
	return 0;
}

int filter_read(struct filter *filter, const char *path, char **ret_error)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	unsigned number = 0;
	int failed = 0;

	if (!file) {
		*ret_error = text_format("cannot read '%s': %s", path,
					 strerror(errno));
		return -1;
	}
	while (!failed && getline(&line, &room, file) >= 0) {
		char *text = trimmed(line);

		number++;
		failed = read_line(filter, path, number, text);
		if (failed)
			*ret_error = text_format(
				"%s:%u: '%s' is no suppression; one is "
				"race:FUNCTION, say",
				path, number, text);
	}
	free(line);
	fclose(file);
	return failed;
}

void filter_fini(struct filter *filter)
{
	for (size_t i = 0; i < filter->count; i++)
		free(filter->suppressions[i].pattern);
	memory_free(filter->suppressions,
		    filter->capacity * sizeof(*filter->suppressions));
	for (size_t i = 0; i < filter->note_count; i++)
		free(filter->notes[i]);
	memory_free(filter->notes,
		    filter->note_capacity * sizeof(*filter->notes));
	*filter = (struct filter){0};
}

/* --- Matching */

/* Whether the text begins as the pattern says; with "$" at its end, all of the
 * text. */
static bool matches_here(const char *pattern, const char *text)
{
	for (; *pattern && *pattern != '*'; pattern++, text++) {
		if (pattern[0] == '$' && pattern[1] == '\0')
			return *text == '\0';
		if (*pattern != *text)
			return false;
	}
	if (*pattern == '\0')
		return true;
	for (;; text++) {
		if (matches_here(pattern + 1, text))
			return true;
		if (*text == '\0')
			return false;
	}
}

static bool matches(const char *pattern, const char *text)
{
	if (!text)
		return false;
	if (*pattern == '^')
		return matches_here(pattern + 1, text);
	for (;; text++) {
		if (matches_here(pattern, text))
			return true;
		if (*text == '\0')
			return false;
	}
}

static bool matches_place(const char *pattern, const struct source_place *place)
{
	return matches(pattern, place->function) ||
	       matches(pattern, place->file);
}

static bool matches_access(const char *pattern, const struct access *access)
{
	for (size_t i = 0; i < access->callers.count; i++)
		if (matches_place(pattern, &access->callers.at[i]))
			return true;
	return matches(pattern, access->variable) ||
	       matches_place(pattern, &access->place) ||
	       matches_place(pattern, &access->created);
}

static bool matches_top(const char *pattern, const struct finding *finding)
{
	for (size_t i = 0; i < finding->access_count; i++)
		if (matches_place(pattern, &finding->accesses[i].place))
			return true;
	return false;
}

static bool matches_finding(const char *pattern, const struct finding *finding)
{
	for (size_t i = 0; i < finding->access_count; i++)
		if (matches_access(pattern, &finding->accesses[i]))
			return true;
	for (size_t i = 0; i < finding->thread_count; i++)
		if (matches(pattern, finding->threads[i].waits_for) ||
		    matches_place(pattern, &finding->threads[i].place))
			return true;
	return matches_place(pattern, &finding->place) ||
	       matches_place(pattern, &finding->block.allocated) ||
	       matches_place(pattern, &finding->block.freed);
}

static bool suppresses(const struct suppression *suppression,
		       const struct finding *finding)
{
	if (!(suppression->kinds & KIND(finding->kind)))
		return false;
	return suppression->top
		       ? matches_top(suppression->pattern, finding)
		       : matches_finding(suppression->pattern, finding);
}

static bool is_suppressed(const struct filter *filter,
			  const struct finding *finding)
{
	for (size_t i = 0; i < filter->count; i++)
		if (suppresses(&filter->suppressions[i], finding))
			return true;
	return false;
}

bool filter_hides(const struct filter *filter, const struct finding *finding)
{
	return filter && ((filter->hidden & KIND(finding->kind)) ||
			  is_suppressed(filter, finding));
}

bool filter_hides_races(const struct filter *filter)
{
	return filter && (filter->hidden & KIND(FINDING_DATA_RACE));
}

bool filter_hides_bounds(const struct filter *filter)
{
	unsigned bounds =
		KIND(FINDING_USE_AFTER_FREE) | KIND(FINDING_OUT_OF_BOUNDS);

	return filter && (filter->hidden & bounds) == bounds;
}

/* --- Leaving out */

/* The kind that tells of such an end; FINDING_COUNT if none does. */
static enum finding_kind kind_of_end(enum end_kind end)
{
	return finding_by_name(end_name(end));
}

static void excuse(struct outcome_list *outcomes, unsigned kinds)
{
	for (size_t i = 0; i < outcomes->count; i++) {
		struct outcome *outcome = &outcomes->at[i].outcome;
		enum finding_kind kind = kind_of_end(outcome->end);

		if (kind != FINDING_COUNT && (kinds & KIND(kind)))
			outcome->excused = true;
		if (kinds & KIND(FINDING_UNEXPECTED_VALUE))
			outcome->unexpected = false;
	}
}

size_t filter_apply(const struct filter *filter, struct merged *merged)
{
	struct finding_list *findings = &merged->findings;
	size_t kept = 0;
	size_t suppressed = 0;
	unsigned left_out = 0;
	unsigned reported = 0;

	if (!filter)
		return 0;
	for (size_t i = 0; i < findings->count; i++) {
		struct found_finding *item = &findings->at[i];
		unsigned kind = KIND(item->finding.kind);

		if (!filter_hides(filter, &item->finding)) {
			reported |= kind;
			findings->at[kept++] = *item;
			continue;
		}
		suppressed += !(filter->hidden & kind);
		left_out |= kind;
		finding_fini(&item->finding);
		witness_fini(&item->witness);
	}
	findings->count = kept;
	excuse(&merged->outcomes, filter->hidden | (left_out & ~reported));
	return suppressed;
}
