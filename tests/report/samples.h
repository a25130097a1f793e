/*
 * Results and traces made by hand, as pool/ would fill them in.
 */
#ifndef TESTS_REPORT_SAMPLES_H
#define TESTS_REPORT_SAMPLES_H

#include "report/terminal.h"
#include "trace/result.h"
#include "trace/trace.h"

/* A check of the counter: three outcomes, two with lost updates, and a race. */
struct result sample_counter(void);
/* A verified check with the one outcome x = 4. */
struct result sample_verified(void);
/* A check that found a deadlock of two locks. */
struct result sample_deadlock(void);
/* A result of `command` without anything in it, but a program. */
struct result sample_empty(enum command_kind command);

/* Adds an exit with status 0, printing `output`, with the integer `name` (NULL
 * for none) at `value`. Valid until the next outcome is added. */
struct outcome *sample_add_outcome(struct result *result, const char *name,
				   const char *value, const char *output);
/* Adds a finding of a kind with a message. */
struct finding *sample_add_finding(struct result *result,
				   enum finding_kind kind, const char *message);

/* The textbook picture: two threads read 10, both write 11. */
struct trace sample_lost_update(void);
/* Adds a step by `thread`; op, object and values as given. */
struct step *sample_add_step(struct trace *trace, uint32_t thread, enum op op,
			     const char *object, uint64_t before,
			     uint64_t after);

/* Text that is printed into memory, as into a file without colour. */
struct page {
	struct terminal terminal;
	char *text; /* once page_end() was called */
	size_t length;
};
void page_begin(struct page *page, bool utf8, unsigned width);
/* Returns the text, which page_fini() frees. */
const char *page_end(struct page *page);
void page_fini(struct page *page);

#endif
