/*
 * Which options go together. See option_rules.h.
 */
#include "cli/option_rules.h"

#include <string.h>

#include "base/diagnostic.h"

static const char *find_option(const struct options *options)
{
	return options->find_state ? "--find-state"
	       : options->find	   ? "--find"
				   : NULL;
}

const char *option_rules_states(const struct options *options)
{
	return options->lossy		      ? "--lossy"
	       : options->ignore_output	      ? "--ignore-output"
	       : options->paranoid	      ? "--paranoid"
	       : options->shortest	      ? "--shortest"
	       : options->symmetry	      ? "--symmetry"
	       : options->count_interleavings ? "--count-interleavings"
					      : find_option(options);
}

const char *option_rules_reduction(const struct options *options)
{
	return options->max_executions ? "--max-executions"
	       : options->dependence   ? "--dependence"
	       : options->recheck      ? "--recheck"
	       : options->prefer       ? "--prefer"
				       : NULL;
}

bool option_rules_is_auto(const struct options *options)
{
	return !options->strategy || strcmp(options->strategy, "auto") == 0;
}

/* A reduction that leaves interleavings out cannot be bounded by simply leaving
 * out more. */
static int look_at_bound(const struct options *options)
{
	const char *strategy = options->strategy;

	if (options->max_executions && strategy &&
	    strcmp(strategy, "states") == 0) {
		complain("--max-executions does not work with --strategy "
			 "states, which visits states: take --time-limit");
		return -1;
	}
	if (options->preemptions.given && options->delays.given) {
		complain("--preemptions and --delays: one bound at a time");
		return -1;
	}
	if ((!options->preemptions.given && !options->delays.given) ||
	    !strategy || strcmp(strategy, "source-dpor") != 0)
		return 0;
	complain("--%s works with --strategy dfs, dpor or states, not with %s",
		 options->preemptions.given ? "preemptions" : "delays",
		 strategy);
	return -1;
}

static bool has_states(const struct options *options)
{
	return option_rules_is_auto(options) ||
	       strcmp(options->strategy, "states") == 0;
}

static int look_at_states(const struct options *options)
{
	bool bounded = options->preemptions.given || options->delays.given;
	const char *option = option_rules_states(options);

	if (!option && options->memory)
		option = "--memory";
	if (option && !has_states(options)) {
		complain("%s is for a search over states (--strategy states), "
			 "not for %s",
			 option, options->strategy);
		return -1;
	}
	if (bounded && (find_option(options) || options->shortest ||
			options->count_interleavings)) {
		complain("--find, --find-state, --shortest and "
			 "--count-interleavings look at all schedules: not "
			 "with --preemptions or --delays");
		return -1;
	}
	if (options->find && options->find_state) {
		complain("--find and --find-state: one of the two");
		return -1;
	}
	if (find_option(options) &&
	    (options->shortest || options->count_interleavings)) {
		complain("%s stops at the first one: not with --shortest or "
			 "--count-interleavings",
			 find_option(options));
		return -1;
	}
	if (option && option_rules_is_auto(options) &&
	    option_rules_reduction(options)) {
		complain("%s is for a search over states, %s for one of "
			 "executions: not both",
			 option, option_rules_reduction(options));
		return -1;
	}
	return 0;
}

/* Steps between states that are alike are no steps of one execution. */
static int look_at_symmetry(const struct options *options)
{
	const char *other = options->shortest ? "--shortest"
			    : options->count_interleavings
				    ? "--count-interleavings"
			    : options->paranoid	    ? "--paranoid"
			    : options->delays.given ? "--delays"
						    : NULL;

	if (!options->symmetry || !other)
		return 0;
	complain("--symmetry takes states together that %s tells apart: one "
		 "of the two",
		 other);
	return -1;
}

static int look_at_dependence(const struct options *options)
{
	const char *strategy = options->strategy ? options->strategy : "dpor";

	if (!options->dependence || strcmp(strategy, "dfs") != 0)
		return 0;
	complain("--dependence works with --strategy dpor, not with %s",
		 strategy);
	return -1;
}

static int look_at_prefer(const struct options *options)
{
	bool bounded = options->preemptions.given || options->delays.given;

	if (!options->prefer)
		return 0;
	if (bounded || find_option(options)) {
		complain("--prefer chooses among all schedules: not with "
			 "--preemptions, --delays, --find or --find-state");
		return -1;
	}
	if (option_rules_is_auto(options) ||
	    strcmp(options->strategy, "dpor") == 0 ||
	    strcmp(options->strategy, "source-dpor") == 0)
		return 0;
	complain("--prefer works with --strategy dpor, not with %s",
		 options->strategy);
	return -1;
}

static int look_at_recheck(const struct options *options)
{
	if (!options->recheck || !options->strategy ||
	    strcmp(options->strategy, "states") != 0)
		return 0;
	complain("--recheck makes each execution twice; --strategy states "
		 "makes none: take dfs or dpor");
	return -1;
}

int option_rules_check(const struct options *options)
{
	if (look_at_states(options) || look_at_bound(options) ||
	    look_at_symmetry(options) || look_at_dependence(options) ||
	    look_at_prefer(options) || look_at_recheck(options))
		return -1;
	return 0;
}
