/*
 * The table of options.
 */
#include "cli/options.h"

#define ALL_RUNS                                                               \
	(SUBCOMMAND_CHECK | SUBCOMMAND_SAMPLE | SUBCOMMAND_NATIVE |            \
	 SUBCOMMAND_COMPARE)
#define SEARCHES (SUBCOMMAND_CHECK | SUBCOMMAND_SAMPLE | SUBCOMMAND_COMPARE)
#define READERS	 (SUBCOMMAND_REPLAY | SUBCOMMAND_SHOW)
#define EVERY	 (ALL_RUNS | READERS)

#define FIELD(name)	 .field = offsetof(struct options, name), .given = NO_FIELD
#define TEXT_OF(number)	 TEXT_OF_(number)
#define TEXT_OF_(number) #number

/* As many steps as the schedule in memory has room for (channel/shared.h). */
#define STEPS_MOST (UINT64_C(16) << 20)
#define COUNT_MOST UINT64_C(1000000000000)

const struct option_row option_table[] = {
	{"tree", NULL, SUBCOMMAND_SHOW, OPTION_FLAG, FIELD(tree),
	 .help = "search the PROGRAM, and show the search: each state that it "
		 "came to, each step that it took there or left out, and why"},
	{"watch", "NAME", ALL_RUNS | SUBCOMMAND_SHOW, OPTION_TEXTS,
	 FIELD(watches),
	 .help = "tell outcomes apart by the value that this global has in "
		 "the end: x, s.field, a[3], file.c:x; may be given again"},
	{"expect", "EXPRESSION", ALL_RUNS, OPTION_TEXT, FIELD(expect),
	 .help = "what must hold wherever the program exits, as C says it: "
		 "'x==4'; its names are watched"},
	{"trust", "FUNCTION", SEARCHES, OPTION_TEXTS, FIELD(trusted),
	 .help = "this function of the C library does the same in every "
		 "execution, although Explorer does not control it; may be "
		 "given again"},
	{"strategy", "NAME", SUBCOMMAND_CHECK, OPTION_CHOICE, FIELD(strategy),
	 .start = "auto", .choices = "auto|dfs|dpor|source-dpor|states",
	 .help = "how to search: auto has dpor and states take turns until one "
		 "knows all; dfs tries every interleaving, dpor one of "
		 "each class whose difference nothing can see, source-dpor the "
		 "same with some begun in vain (to compare), states comes to "
		 "each state once"},
	{"strategy", "NAME", SUBCOMMAND_SAMPLE, OPTION_CHOICE, FIELD(strategy),
	 .start = "random", .choices = "random",
	 .help = "how to choose: random takes any thread that can move"},
	{"strategy", "NAME", SUBCOMMAND_SHOW, OPTION_CHOICE, FIELD(strategy),
	 .choices = "dpor|source-dpor|dfs",
	 .help = "with --tree: how to search (otherwise dpor)"},
	{"dependence", "NAME", SUBCOMMAND_CHECK | SUBCOMMAND_SHOW,
	 OPTION_CHOICE, FIELD(dependence), .choices = "refined|plain",
	 .help = "dpor: which steps' order may matter. plain: those of any two "
		 "on one object that do not both only read; refined, as if not "
		 "given: unless they are known to commute"},
	{"prefer", "N", SUBCOMMAND_CHECK, OPTION_NUMBER, FIELD(prefer),
	 .most = UINT64_MAX,
	 .help = "dpor: of equivalent schedules run one that N draws, not the "
		 "one where threads go on as long as they can (0); there are "
		 "as many executions with any N"},
	{"preemptions", "N",
	 SUBCOMMAND_CHECK | SUBCOMMAND_COMPARE | SUBCOMMAND_SHOW, OPTION_BOUND,
	 FIELD(preemptions), .most = 1000000,
	 .help = "only schedules that leave a thread which could go on at "
		 "most N times; 'up-to N' tries 0, 1, 2 ... until there is a "
		 "finding"},
	{"delays", "N", SUBCOMMAND_CHECK | SUBCOMMAND_COMPARE, OPTION_BOUND,
	 FIELD(delays), .most = 1000000,
	 .help = "only schedules where threads take turns, each as long as it "
		 "can, and at most N turns are passed over; or 'up-to N'"},
	{"timeouts", "N", SEARCHES, OPTION_NUMBER, FIELD(timeouts),
	 .start = "1", .most = 1000000,
	 .help = "let the timed waits of a thread run out at most N times"},
	{"spurious", "N", SEARCHES, OPTION_NUMBER, FIELD(spurious),
	 .start = "0", .most = 1000000,
	 .help = "have waits for a condition return without a reason, at most "
		 "N times in an execution"},
	{"find", "EXPRESSION", SUBCOMMAND_CHECK, OPTION_TEXT, FIELD(find),
	 .help = "states: look for an execution that exits so, such as "
		 "'x==2', with as few preemptions as possible, and stop there"},
	{"find-state", "EXPRESSION", SUBCOMMAND_CHECK, OPTION_TEXT,
	 FIELD(find_state),
	 .help = "states: look for a state that is so at any time, such as "
		 "'in_a+in_b==2', with as few preemptions as possible, and "
		 "stop there"},
	{"shortest", NULL, SUBCOMMAND_CHECK, OPTION_FLAG, FIELD(shortest),
	 .help = "states: the traces with the fewest switches between threads, "
		 "and of those with the fewest steps"},
	{"count-interleavings", NULL, SUBCOMMAND_CHECK, OPTION_FLAG,
	 FIELD(count_interleavings),
	 .help = "states: exactly how many interleavings end in each outcome"},
	{"symmetry", NULL, SUBCOMMAND_CHECK, OPTION_FLAG, FIELD(symmetry),
	 .help = "states: threads created by the same thread, with the same "
		 "function and argument, are alike: which of them stands where "
		 "tells no states apart; unless they are told apart"},
	{"ignore-output", NULL, SUBCOMMAND_CHECK, OPTION_FLAG,
	 FIELD(ignore_output),
	 .help = "states: what was written so far tells no states apart"},
	{"memory", "SIZE", SUBCOMMAND_CHECK, OPTION_BYTES, FIELD(memory),
	 .help = "states: what those seen may take, 500M or 12G; otherwise "
		 "three quarters of the machine's memory"},
	{"lossy", NULL, SUBCOMMAND_CHECK, OPTION_FLAG, FIELD(lossy),
	 .help = "states: when memory is full, go on with a few bits for each "
		 "further state, which may be confused with another"},
	{"paranoid", NULL, SUBCOMMAND_CHECK, OPTION_FLAG, FIELD(paranoid),
	 .help = "states: keep all of each state besides its digest, and "
		 "compare"},
	{"runs", "N", SUBCOMMAND_SAMPLE, OPTION_NUMBER, FIELD(runs),
	 .start = "10000", .least = 1, .most = COUNT_MOST,
	 .help = "how many random schedules"},
	{"runs", "N", SUBCOMMAND_NATIVE | SUBCOMMAND_COMPARE, OPTION_NUMBER,
	 FIELD(runs), .start = "10", .least = 1, .most = 1000000,
	 .help = "how many runs on real threads"},
	{"samples", "N", SUBCOMMAND_COMPARE, OPTION_NUMBER, FIELD(samples),
	 .start = "10000", .least = 1, .most = COUNT_MOST,
	 .help = "how many random schedules"},
	{"seed", "N", SUBCOMMAND_SAMPLE | SUBCOMMAND_COMPARE, OPTION_NUMBER,
	 FIELD(seed), .start = "1", .most = UINT64_MAX,
	 .help = "which random schedules: the same seed gives the same ones"},
	{"max-steps", "N", SUBCOMMAND_CHECK, OPTION_NUMBER, FIELD(max_steps),
	 .start = TEXT_OF(MAX_STEPS_CHECK), .least = 1, .most = STEPS_MOST,
	 .help = "end an execution after N steps"},
	{"max-steps", "N", SUBCOMMAND_SAMPLE, OPTION_NUMBER, FIELD(max_steps),
	 .start = TEXT_OF(MAX_STEPS_SAMPLE), .least = 1, .most = STEPS_MOST,
	 .help = "end an execution after N steps"},
	{"max-steps", "N", SUBCOMMAND_COMPARE, OPTION_NUMBER, FIELD(max_steps),
	 .least = 1, .most = STEPS_MOST,
	 .help = "end an execution after N steps (check: " TEXT_OF(
		 MAX_STEPS_CHECK) ", sample: " TEXT_OF(MAX_STEPS_SAMPLE) ")"},
	{"max-executions", "N", SEARCHES | SUBCOMMAND_SHOW, OPTION_NUMBER,
	 FIELD(max_executions), .least = 1, .most = COUNT_MOST,
	 .help = "end the search after N executions"},
	{"time-limit", "TIME", SEARCHES, OPTION_SECONDS, FIELD(time_limit),
	 .help = "end the search after 500ms, 10s, 5m, 2h"},
	{"stop-at-first", NULL, SEARCHES, OPTION_FLAG, FIELD(stop_at_first),
	 .help = "end the search at the first finding"},
	{"recheck", NULL, SUBCOMMAND_CHECK | SUBCOMMAND_SAMPLE, OPTION_FLAG,
	 FIELD(recheck),
	 .help = "make each execution twice, and those with a trace in another "
		 "process too, and say where they differ"},
	{"plain", NULL, SUBCOMMAND_NATIVE, OPTION_FLAG, FIELD(plain),
	 .help = "build with cc -O2 and without Explorer's hooks"},
	{"run-timeout", "TIME", SUBCOMMAND_NATIVE | SUBCOMMAND_COMPARE,
	 OPTION_SECONDS, FIELD(run_timeout), .start = "10s",
	 .help = "end a run on real threads that takes longer, as a hang"},
	{"stdin", "FILE", ALL_RUNS, OPTION_TEXT, FIELD(input),
	 .help = "the program's standard input (otherwise empty)"},
	{"output", "DIR", ALL_RUNS, OPTION_TEXT, FIELD(output),
	 .start = "traces/", .help = "the folder for traces"},
	{"max-traces", "N", SEARCHES, OPTION_NUMBER, FIELD(max_traces),
	 .start = "100", .most = 1000000,
	 .help = "save the traces of at most N outcomes, the rarest first; "
		 "and those of findings unless N is 0"},
	{"full-listing", NULL, SEARCHES | READERS, OPTION_FLAG,
	 FIELD(full_listing),
	 .help = "list every step, however long the trace gets"},
	{"format", "NAME", SUBCOMMAND_SHOW, OPTION_CHOICE, FIELD(format),
	 .start = "text", .choices = "text|json|dot",
	 .help = "text; json, of a trace; dot, of a tree: for Graphviz"},
	{"format", "NAME", EVERY & ~SUBCOMMAND_SHOW, OPTION_CHOICE,
	 FIELD(format), .start = "text", .choices = "text|json",
	 .help = "text or json"},
	{"color", "WHEN", EVERY, OPTION_CHOICE, FIELD(colour), .start = "auto",
	 .choices = "auto|always|never",
	 .help = "auto (on a terminal, unless NO_COLOR is set), always, never"},
	{"quiet", NULL, ALL_RUNS | SUBCOMMAND_REPLAY, OPTION_FLAG, FIELD(quiet),
	 .help = "no progress, no advice: the results alone"},
	{"accept", "REASON", SUBCOMMAND_CHECK | SUBCOMMAND_COMPARE,
	 OPTION_REASONS, FIELD(accepted),
	 .help = "exit with 0 where the search is incomplete only because of "
		 "this: limit, bound, hang ...; a list, or given again"},
	{"only", "KIND", SEARCHES, OPTION_KINDS, FIELD(only),
	 .help = "report findings of this kind alone: data-race, deadlock, "
		 "use-after-free ...; a list, or given again"},
	{"no", "KIND", SEARCHES, OPTION_KINDS, FIELD(without),
	 .help = "leave findings of this kind out; what is not looked for is "
		 "not decided"},
	{"uninitialised", NULL, SEARCHES, OPTION_FLAG, FIELD(uninitialised),
	 .help = "report reads of heap memory that nobody has written since "
		 "it was allocated"},
	{"leaks", NULL, SEARCHES, OPTION_FLAG, FIELD(leaks),
	 .help = "report heap blocks that nothing points to any more when the "
		 "program exits"},
	{"suppressions", "FILE", SEARCHES, OPTION_TEXT, FIELD(suppressions),
	 .help = "leave out findings that a line of FILE names, in "
		 "ThreadSanitizer's format: race:FUNCTION"},
	{"cflags", "FLAGS", ALL_RUNS | SUBCOMMAND_SHOW, OPTION_TEXT,
	 FIELD(cflags),
	 .help = "further flags for the compiler, where PROGRAM is C"},
	{"keep-optimisation", NULL, ALL_RUNS | SUBCOMMAND_SHOW, OPTION_FLAG,
	 FIELD(keep_optimisation),
	 .help = "compile as --cflags says, not with -O0"},
	{"help", NULL, EVERY, OPTION_FLAG, FIELD(help), .help = "this text"},
};

const size_t option_count = sizeof(option_table) / sizeof(*option_table);
