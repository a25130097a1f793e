/*
 * What the user typed: one table of options, from which the parser, the help
 * of each sub-command and the manual page are made.
 */
#ifndef EXPLORER_CLI_OPTIONS_H
#define EXPLORER_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sub-commands that have options of ours; sets of them are bits. (cc hands all
 * of its arguments on.) */
enum subcommand {
	SUBCOMMAND_CHECK = 1 << 0,
	SUBCOMMAND_SAMPLE = 1 << 1,
	SUBCOMMAND_NATIVE = 1 << 2,
	SUBCOMMAND_COMPARE = 1 << 3,
	SUBCOMMAND_REPLAY = 1 << 4,
	SUBCOMMAND_SHOW = 1 << 5,
};

/* Strings of argv; the array alone is owned. Zeroed is valid and empty. */
struct strings {
	const char **at;
	size_t count;
	size_t capacity;
};

void strings_add(struct strings *strings, const char *string);
void strings_fini(struct strings *strings);

/* "3", or "up-to 3": 0, 1, 2 and 3, until one shows a finding. */
struct bound_option {
	bool given;
	bool up_to;
	uint64_t most;
};

/* Strings point into argv. What a sub-command has no option for keeps the
 * option's start value, or zero. */
struct options {
	struct strings operands;  /* PROGRAM, TRACE */
	struct strings arguments; /* what follows "--" */

	struct strings watches;
	struct strings trusted;
	const char *expect;
	const char *strategy;
	const char *dependence; /* NULL if not given */
	const char *input;
	const char *output;
	const char *format;
	const char *colour;
	const char *cflags;
	uint64_t timeouts;
	uint64_t spurious;
	const char *find;
	const char *find_state;
	uint64_t memory; /* bytes; 0: not given */
	uint64_t max_steps;
	uint64_t max_executions; /* 0: no limit */
	uint64_t max_traces;
	uint64_t runs;
	uint64_t samples; /* compare: the random runs */
	uint64_t seed;
	uint64_t prefer;
	double time_limit;  /* seconds; 0: none */
	double run_timeout; /* seconds */
	unsigned accepted;  /* set of enum incomplete_reason */
	unsigned only;	    /* set of 1 << enum finding_kind; 0: all */
	unsigned without;   /* likewise */
	const char *suppressions;

	struct bound_option preemptions;
	struct bound_option delays;

	bool lossy;
	bool ignore_output;
	bool paranoid;
	bool shortest;
	bool count_interleavings;
	bool symmetry;

	bool uninitialised;
	bool leaks;

	bool help;
	bool tree;
	bool stop_at_first;
	bool recheck;
	bool plain;
	bool full_listing;
	bool quiet;
	bool keep_optimisation;
};

/* --max-steps, where nothing is said: of check, and of random runs. */
#define MAX_STEPS_CHECK	 1000000
#define MAX_STEPS_SAMPLE 10000000

enum option_kind {
	OPTION_FLAG,	/* bool */
	OPTION_NUMBER,	/* uint64_t, from `least` to `most` */
	OPTION_SECONDS, /* double */
	OPTION_BYTES,	/* uint64_t: 500M, 12G */
	OPTION_TEXT,	/* const char * */
	OPTION_TEXTS,	/* struct strings: may be given again */
	OPTION_CHOICE,	/* const char *, one of `choices` */
	OPTION_BOUND,	/* struct bound_option, `most` from `least` to `most` */
	OPTION_REASONS, /* unsigned: may be given again, or as a list */
	OPTION_KINDS,	/* likewise: kinds of finding */
};

#define NO_FIELD SIZE_MAX

/* A row of the table. */
struct option_row {
	const char *name;     /* without "--" */
	const char *argument; /* "N"; NULL for a flag */
	unsigned commands;    /* set of enum subcommand */
	enum option_kind kind;
	size_t field; /* its offset in struct options */
	size_t given; /* offset of a bool that says it was given; NO_FIELD */
	const char *start; /* as the user would type it; NULL: zero */
	uint64_t least;
	uint64_t most;
	const char *choices; /* separated by '|' */
	const char *help;
};

extern const struct option_row option_table[];
extern const size_t option_count;

/* Takes argv apart; argv[0] is the sub-command. Returns 0, or -1 after one
 * sentence on standard error. Ended by options_fini() in either case. */
int options_parse(struct options *options, enum subcommand command, int argc,
		  char **argv);
void options_fini(struct options *options);

#endif
