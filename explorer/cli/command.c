/*
 * The table of sub-commands.
 */
#include "cli/command.h"

#include <string.h>

#include "base/diagnostic.h"
#include "cli/cc.h"
#include "cli/nearest.h"

const struct command_row command_table[] = {
	{"check", cli_check, SUBCOMMAND_CHECK,
	 "PROGRAM [options] [-- arguments]", "all schedules: a verdict",
	 "Runs the program under every schedule that matters and lists every "
	 "way in which it can end, with how many executions end so and a trace "
	 "of one. Says \"verified\" only if the search was complete and found "
	 "nothing wrong. PROGRAM is a C or C++ file, or several, which are "
	 "compiled, or an executable that was built with explorer cc or "
	 "explorer c++."},
	{"sample", cli_sample, SUBCOMMAND_SAMPLE,
	 "PROGRAM [options] [-- arguments]", "random schedules",
	 "Runs the program under random schedules: for programs that have too "
	 "many to try all. What it finds is real; that it finds nothing proves "
	 "nothing. The same seed gives the same schedules."},
	{"native", cli_native, SUBCOMMAND_NATIVE,
	 "PROGRAM [options] [-- arguments]", "real threads, a few times",
	 "Runs the program on real threads, as it would run by hand, and lists "
	 "how each run ended."},
	{"compare", cli_compare, SUBCOMMAND_COMPARE,
	 "PROGRAM [options] [-- arguments]",
	 "check, sample and native side by side",
	 "Does what check, sample and native do, one after the other, and "
	 "shows "
	 "the outcomes of the three side by side."},
	{"replay", cli_replay, SUBCOMMAND_REPLAY, "TRACE [PROGRAM] [options]",
	 "run that schedule again",
	 "Runs the schedule of a trace again, compares every step with the "
	 "trace, and shows them. Without PROGRAM the one that the trace names "
	 "is taken, built with the same flags."},
	{"show", cli_show, SUBCOMMAND_SHOW,
	 "TRACE [options] | --tree PROGRAM [options] [-- arguments]",
	 "read a trace, see a search",
	 "Shows a trace as a picture, a column for each thread and time "
	 "downwards, without running anything. With --tree, searches a small "
	 "program and shows what was tried, what was left out, and why."},
	{"cc", cli_cc, 0, "compiler arguments...", "compile and link",
	 "A drop-in for cc whose programs can be explored; also installed as "
	 "explorer-cc. Uses gcc, or what EXPLORER_CC names."},
	{"c++", cli_cc, 0, "compiler arguments...", "the same for C++",
	 "A drop-in for c++ whose programs can be explored; also installed as "
	 "explorer-c++. Uses g++, or what EXPLORER_CXX names."},
};

const size_t command_count = sizeof(command_table) / sizeof(*command_table);

const struct command_row *command_by_name(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(command_table[i].name, name) == 0)
			return &command_table[i];
	return NULL;
}

const struct command_row *command_by_bit(enum subcommand command)
{
	for (size_t i = 0; i < command_count; i++)
		if (command_table[i].options == (unsigned)command)
			return &command_table[i];
	return NULL;
}

void command_complain(const char *name)
{
	struct nearest nearest = {.word = name};
	struct buffer hint = {0};

	for (size_t i = 0; i < command_count; i++)
		nearest_try(&nearest, command_table[i].name);
	nearest_suggest(&hint, &nearest, "");
	complain("%s '%s'%s",
		 *name == '-' ? "unknown option" : "unknown sub-command", name,
		 nearest.name ? (char *)hint.data
			      : "; explorer --help lists what there is");
	buffer_fini(&hint);
}
