/*
 * Measures the figures of docs/performance.md: `make bench`.
 *
 * Machines differ, and one machine differs from minute to minute; so what is
 * to be compared is printed as a ratio to a yardstick that is measured right
 * before it, in the same run: a bare switch to another stack and back. Each
 * figure is the best of several rounds, the one that was disturbed least.
 *
 * Goals were set as times where three bare switches take 50 ns, and are printed
 * in switches, too.
 *
 *     bench SWITCH-BENCH           from the repository's root
 *     bench SWITCH-BENCH states    longer searches, of states
 */
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 3
/* There are more of them, up to so many, until they took so many seconds. */
#define ROUNDS_MAX     20
#define ROUNDS_SECONDS 1.0
#define GOAL_SWITCH_NS (50.0 / 3)
#define NO_GOAL	       0.0
/* Both: accesses are then not looked at. */
#define NO_HEAP_CHECKS "--no use-after-free,out-of-bounds"

static const char *switch_bench;

/* Runs a command of the shell and reads all that it prints; free() it. */
static char *output_of(const char *format, ...)
{
	char command[1024];
	size_t length = 0;
	char *text = NULL;
	va_list arguments;
	FILE *pipe;

	va_start(arguments, format);
	vsnprintf(command, sizeof(command), format, arguments);
	va_end(arguments);
	pipe = popen(command, "r");
	if (!pipe || getdelim(&text, &length, '\0', pipe) < 0) {
		fprintf(stderr, "bench: cannot run: %s\n", command);
		exit(2);
	}
	pclose(pipe);
	return text;
}

/* Nanoseconds of a bare switch there and back. */
static double measure_switch(void)
{
	char *text = output_of("%s yardstick", switch_bench);
	double ns = strtod(strrchr(text, ' '), NULL);

	free(text);
	return ns;
}

struct figure {
	double seconds;
	double executions;
	double steps;
	double states;
	double transitions;
};

/* `arguments` begin with the sub-command. */
static struct figure explore(const char *arguments)
{
	int command = (int)strcspn(arguments, " ");
	char *text = output_of("build/explorer %.*s --format json --quiet "
			       "--max-traces 0 --output build/bench%s",
			       command, arguments, arguments + command);
	json_t *json = json_loads(text, 0, NULL);
	struct figure figure;

	if (!json) {
		fprintf(stderr, "bench: no result from: explorer %s\n",
			arguments);
		exit(2);
	}
	figure = (struct figure){
		.seconds = json_number_value(json_object_get(json, "seconds")),
		.executions =
			json_number_value(json_object_get(json, "executions")),
		.steps = json_number_value(json_object_get(json, "steps")),
		.states = json_number_value(json_object_get(json, "states")),
		.transitions =
			json_number_value(json_object_get(json, "transitions")),
	};
	json_decref(json);
	free(text);
	return figure;
}

/* The best round: by time for an execution. */
static struct figure best_of(const char *arguments, double *ret_switch)
{
	struct figure best = {0};
	double spent = 0;

	for (int i = 0;
	     i < ROUNDS || (i < ROUNDS_MAX && spent < ROUNDS_SECONDS); i++) {
		double ns = measure_switch();
		struct figure figure = explore(arguments);

		spent += figure.seconds;

		if (i == 0 || figure.seconds / figure.executions <
				      best.seconds / best.executions) {
			best = figure;
			*ret_switch = ns;
		}
	}
	return best;
}

/* Ends a line with how many switches it may be at most. */
static void print_goal(double switches)
{
	if (switches > 0)
		printf(", goal %.*f", switches < 10 ? 1 : 0, switches);
	putchar('\n');
	fflush(stdout);
}

/* `goal` is executions a second. */
static double rate(const char *name, const char *arguments, double goal)
{
	double ns;
	struct figure figure = best_of(arguments, &ns);
	double per_second = figure.executions / figure.seconds;

	printf("%-38s %10.0f /s   %6.1f switches an execution", name,
	       per_second, 1e9 / per_second / ns);
	print_goal(goal > 0 ? 1e9 / goal / GOAL_SWITCH_NS : NO_GOAL);
	return per_second;
}

static void step(const char *name, const char *arguments, double goal)
{
	double ns;
	struct figure figure = best_of(arguments, &ns);
	double step_ns = figure.seconds * 1e9 / figure.steps;

	printf("%-38s %10.1f ns   %6.1f switches a step", name, step_ns,
	       step_ns / ns);
	print_goal(goal);
}

/* Locking and unlocking, by bare switches: tests/bench/locks.c. */
static void pair(const char *name, const char *arguments, double goal)
{
	const double pairs = 2 * 1000;
	double ns;
	struct figure figure = best_of(arguments, &ns);
	double pair_ns = figure.seconds * 1e9 / figure.executions / pairs;

	printf("%-38s %10.1f ns   %6.1f switches a pair", name, pair_ns,
	       pair_ns / ns);
	print_goal(goal);
}

/* What it costs to look for something: the time of an execution with it by the
 * time without. */
static void cost(const char *name, const char *arguments, const char *without)
{
	double ns;
	struct figure with_it = best_of(arguments, &ns);
	struct figure less = best_of(without, &ns);

	printf("%-38s %10.2f times as long as without\n", name,
	       with_it.seconds / with_it.executions /
		       (less.seconds / less.executions));
	fflush(stdout);
}

/* How often a race shows on real threads: runs of 2 x 100,000 increments that
 * do not end with 200,000. */
static void shows(const char *name, const char *option)
{
	char *text = output_of("build/explorer native models/counter.c "
			       "--format json --quiet --watch x --runs 50 "
			       "%s -- 2 100000",
			       option);
	json_t *json = json_loads(text, 0, NULL);
	double right = 0;
	json_t *outcome;
	size_t i;

	json_array_foreach(json_object_get(json, "outcomes"), i, outcome)
	{
		const json_t *values = json_object_get(outcome, "values");

		if (json_integer_value(json_object_get(values, "x")) == 200000)
			right += json_number_value(
				json_object_get(outcome, "count"));
	}
	printf("%-38s %10.0f of 50 runs\n", name, 50 - right);
	fflush(stdout);
	json_decref(json);
	free(text);
}

/* A search as a whole: the best of so many rounds. `goal` is seconds. */
static void search(const char *name, const char *arguments, int rounds,
		   double goal)
{
	struct figure best = {0};
	double best_ns = 1;

	for (int i = 0; i < rounds; i++) {
		double ns = measure_switch();
		struct figure figure = explore(arguments);

		if (i == 0 || figure.seconds < best.seconds) {
			best = figure;
			best_ns = ns;
		}
	}
	printf("%-38s %10.3f s   %8.2f million switches", name, best.seconds,
	       best.seconds * 1e3 / best_ns);
	if (goal > 0)
		printf(", goal %.2f", goal * 1e3 / GOAL_SWITCH_NS);
	if (best.states > 0)
		printf("   %.0f states, %.0f ns a transition", best.states,
		       best.seconds * 1e9 / best.transitions);
	putchar('\n');
	fflush(stdout);
}

static void long_searches(void)
{
	search("states, counter 2 x 30",
	       "check models/counter.c --strategy states -- 2 30", 1, 1.5);
	search("states, counter 2 x 50",
	       "check models/counter.c --strategy states -- 2 50", 1, 12);
	search("states, locked counter 2 x 1,000",
	       "check models/counter_lock.c --strategy states -- 2 1000", 1, 5);
	search("--find 'x == 2', counter 2 x 50",
	       "check models/counter.c --watch x --find 'x == 2' -- 2 50", 1,
	       5);
}

/* Kilobytes that the larger of the two processes took, command or program. */
static long peak_kb(const char *increments)
{
	struct rusage usage;
	pid_t pid;

	fflush(stdout);
	pid = fork();

	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(127);
		execl("build/explorer", "explorer", "check", "models/counter.c",
		      "--strategy", "dfs", "--max-traces", "0", "--output",
		      "build/bench", "--", "2", increments, NULL);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, NULL, 0, &usage) != pid) {
		perror("bench");
		exit(2);
	}
	return usage.ru_maxrss;
}

int main(int argc, char **argv)
{
	double plain;
	double sea;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: %s SWITCH-BENCH [states]\n", argv[0]);
		return 2;
	}
	switch_bench = argv[1];
	if (argc == 3) {
		long_searches();
		return 0;
	}
	printf("%-38s %10.1f ns\n", "bare switch there and back",
	       measure_switch());
	step("step of a random walk, 2 x 1,000",
	     "sample models/counter.c --runs 2000 -- 2 1000", 3);
	rate("dfs, counter 2 x 4",
	     "check models/counter.c --strategy dfs -- 2 4", 700000);
	rate("dfs, counter 2 x 5",
	     "check models/counter.c --strategy dfs -- 2 5", 700000);
	rate("dpor, counter 2 x 6",
	     "check models/counter.c --strategy dpor -- 2 6", 500000);
	rate("dpor, locked counter 2 x 10",
	     "check models/counter_lock.c --strategy dpor -- 2 10", 200000);
	rate("dpor, 1 writer and 17 readers",
	     "check tests/bench/readers.c --strategy dpor", 150000);
	search("dpor, 2 x 100,000 private steps",
	       "check tests/bench/private.c --strategy dpor", ROUNDS, 0.05);
	rate("random, counter 2 x 3",
	     "sample models/counter.c --runs 500000 -- 2 3", 700000);
	rate("random, counter 2 x 100,000",
	     "sample models/counter.c --runs 60 -- 2 100000", 50);
	pair("lock and unlock, 2 x 1,000 at random",
	     "sample tests/bench/locks.c --runs 1000", 6);
	pair("the same with x += 1 in between",
	     "sample models/counter_lock.c --runs 1000 -- 2 1000", 0);
	cost("races, dfs, counter 2 x 5",
	     "check models/counter.c --strategy dfs -- 2 5",
	     "check models/counter.c --strategy dfs --no data-race -- 2 5");
	cost("races, dpor, counter 2 x 6",
	     "check models/counter.c --strategy dpor -- 2 6",
	     "check models/counter.c --strategy dpor --no data-race -- 2 6");
	cost("races, random, counter 2 x 3",
	     "sample models/counter.c --runs 200000 -- 2 3",
	     "sample models/counter.c --runs 200000 --no data-race -- 2 3");
	cost("heap checks, dfs, tests/bench/heap.c",
	     "check tests/bench/heap.c --strategy dfs",
	     "check tests/bench/heap.c --strategy dfs " NO_HEAP_CHECKS);
	cost("heap checks, random, the same",
	     "sample tests/bench/heap.c --runs 20000",
	     "sample tests/bench/heap.c --runs 20000 " NO_HEAP_CHECKS);
	shows("lost updates, native", "");
	shows("lost updates, native --plain", "--plain");
	search("states, counter 2 x 20",
	       "check models/counter.c --strategy states -- 2 20", ROUNDS,
	       NO_GOAL);
	search("states, locked counter 2 x 200",
	       "check models/counter_lock.c --strategy states -- 2 200", ROUNDS,
	       NO_GOAL);
	search("states, 1 MB of heap in use",
	       "check tests/bench/writes.c --strategy states", ROUNDS, NO_GOAL);
	search("--find 'x == 2', counter 2 x 20",
	       "check models/counter.c --watch x --find 'x == 2' -- 2 20",
	       ROUNDS, NO_GOAL);
	plain = rate("dfs, 2 x 4, small world",
		     "check tests/bench/sea.c --strategy dfs", NO_GOAL);
	sea = rate("dfs, 2 x 4, 100 MB of .bss",
		   "check tests/bench/sea.c --strategy dfs --max-traces 0 "
		   "--cflags=-DSEA",
		   NO_GOAL);
	printf("%-38s %10.2f\n", "  the one's rate by the other's",
	       sea / plain);
	printf("%-38s %10ld kB\n", "memory, dfs 2 x 4 (12,870 executions)",
	       peak_kb("4"));
	printf("%-38s %10ld kB\n", "memory, dfs 2 x 6 (2,704,156)",
	       peak_kb("6"));
	return 0;
}
