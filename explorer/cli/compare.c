/*
 * explorer compare: check, sample and native side by side.
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/finish.h"
#include "cli/search.h"
#include "report/comparison.h"
#include "report/json.h"

#define WAYS 3

struct comparing {
	struct options options;
	struct program program;
	struct result results[WAYS];
	size_t done; /* results that there are */
};

/* One after the other; what follows one that failed, or was interrupted, is
 * not begun. */
static void run_all(struct comparing *comparing)
{
	static int (*const searches[WAYS])(
		const struct options *, const struct program *,
		struct result *) = {search_check, search_sample, search_native};

	while (comparing->done < WAYS && !pool_interrupted) {
		size_t way = comparing->done;

		if (searches[way](&comparing->options, &comparing->program,
				  &comparing->results[way]))
			return;
		comparing->done++;
	}
}

static const struct result *result_of(const struct comparing *comparing,
				      size_t way)
{
	return way < comparing->done ? &comparing->results[way] : NULL;
}

/* Trouble outweighs findings, and these an incomplete search. */
static int status_of(const struct comparing *comparing)
{
	static const int order[] = {STATUS_INTERRUPTED, STATUS_TROUBLE,
				    STATUS_FINDINGS, STATUS_INCOMPLETE};
	bool seen[sizeof(order) / sizeof(*order)] = {0};

	seen[0] = pool_interrupted;
	seen[1] = comparing->done < WAYS;
	for (size_t way = 0; way < comparing->done; way++) {
		int status = finish_status(&comparing->results[way],
					   comparing->options.accepted);

		for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
			seen[i] |= status == order[i];
	}
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (seen[i])
			return order[i];
	return 0;
}

static void print(const struct comparing *comparing)
{
	const struct comparison comparison = {
		.check = result_of(comparing, 0),
		.sample = result_of(comparing, 1),
		.native = result_of(comparing, 2),
	};
	struct terminal terminal = finish_terminal(&comparing->options);

	if (finish_is_json(&comparing->options))
		json_print(stdout, json_of_comparison(comparison.check,
						      comparison.sample,
						      comparison.native));
	else
		comparison_print(&terminal, &comparison,
				 comparing->options.quiet);
}

int cli_compare(int argc, char **argv)
{
	struct comparing comparing = {0};
	int status = search_begin(&comparing.options, SUBCOMMAND_COMPARE, argc,
				  argv, &comparing.program);

	if (status < 0) {
		run_all(&comparing);
		if (comparing.done > 0)
			print(&comparing);
		status = finish_output(status_of(&comparing));
	}
	for (size_t way = 0; way < comparing.done; way++)
		result_fini(&comparing.results[way]);
	search_end(&comparing.options, &comparing.program);
	return status;
}
