/*
 * The text form of a trace, read; what it looks like is in
 * docs/trace-format.md.
 *
 * The file may hold anything. Lists grow as lines are read, so they cannot
 * outgrow the file; only a run of the schedule stands for more than it takes,
 * and a schedule has a greatest length.
 */
#include <inttypes.h>
#include <string.h>

#include "trace/trace.h"
#include "trace/trace_format.h"
#include "trace/trace_keys.h"
#include "trace/trace_lines.h"
#include "trace/trace_step.h"

struct parser {
	struct line_reader lines;
	struct trace trace;
	unsigned hashes_line; /* where the list of hashes begins */
};

static bool read_first_line(struct parser *parser)
{
	static const char words[] = TRACE_FIRST_WORDS " ";
	struct line_reader *lines = &parser->lines;
	uint64_t version;
	bool end;

	if (!line_next(lines, &end))
		return false;
	if (end)
		return line_fail_at(lines, 0, "the file is empty");
	if (strncmp(lines->next, words, strlen(words)) != 0)
		return line_fail(lines, "this is not a trace: it does not "
					"begin with \"" TRACE_FIRST_WORDS "\"");
	lines->next += strlen(words);
	if (!line_number(lines, UINT32_MAX, &version) || !line_want_done(lines))
		return false;
	if (version > TRACE_VERSION)
		return line_fail(lines,
				 "the trace has format %" PRIu64
				 "; this version of explorer reads formats up "
				 "to %d",
				 version, TRACE_VERSION);
	if (version < 1)
		return line_fail(lines, "there is no trace format 0");
	parser->trace.version = (unsigned)version;
	return true;
}

static bool read_keys(struct parser *parser)
{
	struct trace_keys keys = {
		.lines = &parser->lines,
		.trace = &parser->trace,
	};

	return trace_keys_read(&keys);
}

/* "T1/2*3": the part behind the star, 1 without one; 0 if malformed. */
static uint64_t run_of_word(const char *word, size_t length, size_t *ret_choice)
{
	const char *star = memchr(word, '*', length);
	size_t at = star ? (size_t)(star - word) : length;
	uint64_t run = star ? 0 : 1;

	*ret_choice = at;
	for (size_t i = at + 1; i < length; i++) {
		if (word[i] < '0' || word[i] > '9' || run > SCHEDULE_LENGTH_MAX)
			return 0;
		run = run * 10 + (uint64_t)(word[i] - '0');
	}
	return run;
}

static bool fail_too_many(struct parser *parser, uint64_t total)
{
	return line_fail(&parser->lines,
			 "the schedule should have %" PRIu64
			 " steps, and has more",
			 total);
}

static bool read_run(struct parser *parser, uint64_t total)
{
	struct line_reader *lines = &parser->lines;
	struct schedule *schedule = &parser->trace.schedule;
	size_t length = line_word_length(lines);
	size_t choice_length;
	uint64_t run = run_of_word(lines->next, length, &choice_length);
	struct choice choice;

	if (line_take_word(lines, "steps"))
		return line_fail(lines,
				 "the schedule should have %" PRIu64
				 " steps, and has %zu",
				 total, schedule->length);
	if (!run || !choice_from_word(lines->next, choice_length, &choice))
		return line_fail(lines,
				 "'%s' should be a thread and a number of "
				 "steps, such as T1*3",
				 line_excerpt(lines));
	if (run > total - schedule->length)
		return fail_too_many(parser, total);
	while (run--)
		schedule_add(schedule, choice);
	lines->next += length;
	lines->next += strspn(lines->next, " \t");
	return true;
}

static bool read_schedule(struct parser *parser)
{
	struct line_reader *lines = &parser->lines;
	uint64_t total;

	if (!line_number(lines, SCHEDULE_LENGTH_MAX, &total) ||
	    !line_want_done(lines))
		return false;
	while (parser->trace.schedule.length < total) {
		if (line_is_done(lines) && !line_want(lines))
			return false;
		if (!read_run(parser, total))
			return false;
	}
	return line_is_done(lines) || fail_too_many(parser, total);
}

static bool check_step(struct parser *parser, const struct step *step)
{
	struct line_reader *lines = &parser->lines;
	const struct trace *trace = &parser->trace;
	const struct choice *choice;

	if (step->number >= trace->schedule.length)
		return line_fail(lines,
				 "step %" PRIu64
				 " lies beyond the schedule's %zu",
				 step->number, trace->schedule.length);
	if (trace->step_count &&
	    step->number <= trace->steps[trace->step_count - 1].number)
		return line_fail(lines,
				 "step %" PRIu64
				 " does not come after the one above it",
				 step->number);
	choice = &trace->schedule.at[step->number];
	if (step->thread != choice->thread ||
	    step->alternative != choice->alternative)
		return line_fail(lines,
				 "step %" PRIu64
				 " is another thread's, or has another "
				 "alternative, than the schedule says",
				 step->number);
	return true;
}

static bool read_step(struct parser *parser, uint64_t count)
{
	struct line_reader *lines = &parser->lines;
	struct trace *trace = &parser->trace;
	struct step step;

	if (!line_want(lines))
		return false;
	if (line_take_word(lines, "hashes") || line_take_word(lines, "end"))
		return line_fail(lines,
				 "there should be %" PRIu64
				 " steps, and there are %zu",
				 count, trace->step_count);
	if (!step_read(lines, &step))
		return false;
	if (!check_step(parser, &step)) {
		step_fini(&step);
		return false;
	}
	trace->steps = list_grow(trace->steps, trace->step_count,
				 sizeof(*trace->steps));
	trace->steps[trace->step_count++] = step;
	return true;
}

static bool read_steps(struct parser *parser)
{
	struct line_reader *lines = &parser->lines;
	uint64_t count;

	if (!line_want(lines))
		return false;
	if (!line_take_word(lines, "steps"))
		return line_fail(lines,
				 "the list of steps should begin here, "
				 "after %zu steps of schedule",
				 parser->trace.schedule.length);
	if (!line_number(lines, UINT64_MAX, &count) || !line_want_done(lines))
		return false;
	while (parser->trace.step_count < count) {
		if (!read_step(parser, count))
			return false;
	}
	return true;
}

static bool read_hash(struct parser *parser, uint64_t count)
{
	struct line_reader *lines = &parser->lines;
	struct trace *trace = &parser->trace;
	uint64_t hash;

	if (line_is_done(lines) && !line_want(lines))
		return false;
	if (line_take_word(lines, "end"))
		return line_fail(lines,
				 "there should be %" PRIu64
				 " hashes, and there are %zu",
				 count, trace->hash_count);
	if (!line_hash(lines, &hash))
		return false;
	trace->hashes = list_grow(trace->hashes, trace->hash_count,
				  sizeof(*trace->hashes));
	trace->hashes[trace->hash_count++] = hash;
	return true;
}

/* Ends at the line behind the hashes. */
static bool read_hashes(struct parser *parser)
{
	struct line_reader *lines = &parser->lines;
	uint64_t most = parser->trace.schedule.length / TRACE_HASH_INTERVAL;
	uint64_t count = 0;

	if (!line_want(lines))
		return false;
	parser->hashes_line = lines->number;
	if (line_take_word(lines, "hashes") &&
	    (!line_number(lines, UINT64_MAX, &count) || !line_want_done(lines)))
		return false;
	if (count > most)
		return line_fail(lines,
				 "a schedule of %zu steps has %" PRIu64
				 " hashes at most, not %" PRIu64,
				 parser->trace.schedule.length, most, count);
	if (!count)
		return true;
	while (parser->trace.hash_count < count) {
		if (!read_hash(parser, count))
			return false;
	}
	return line_want_done(lines) && line_want(lines);
}

static bool read_end(struct parser *parser)
{
	struct line_reader *lines = &parser->lines;
	uint64_t checksum = lines->checksum;
	bool end;

	if (!line_take_word(lines, "end"))
		return line_fail(lines,
				 "the last line should stand here, not '%s'",
				 line_excerpt(lines));
	if (!line_hash(lines, &parser->trace.final_hash))
		return false;
	/* Who edits a trace by hand leaves the checksum out. */
	if (!line_is_done(lines) && !line_hash(lines, &checksum))
		return false;
	if (!line_want_done(lines))
		return false;
	if (checksum != lines->checksum)
		return line_fail(lines, "the checksum is wrong: something "
					"above has been changed");
	if (!line_next(lines, &end))
		return false;
	return end || line_fail(lines, "something stands after the end");
}

/* Recomputes the running hash as far as the steps are listed from the first
 * one on. */
static bool check_hashes(struct parser *parser)
{
	const struct trace *trace = &parser->trace;
	unsigned end_line = parser->lines.number - 1;
	uint64_t running = 0;
	size_t done = 0;

	while (done < trace->step_count && trace->steps[done].number == done) {
		running = step_hash(running, &trace->steps[done]);
		done++;
		if (done % TRACE_HASH_INTERVAL == 0 &&
		    done / TRACE_HASH_INTERVAL <= trace->hash_count &&
		    trace->hashes[done / TRACE_HASH_INTERVAL - 1] != running)
			return line_fail_at(&parser->lines, parser->hashes_line,
					    "the hash after %zu steps is not "
					    "that of the steps listed",
					    done);
	}
	if (done == trace->schedule.length && running != trace->final_hash)
		return line_fail_at(&parser->lines, end_line,
				    "the final hash is not that of the steps "
				    "listed");
	return true;
}

int trace_read(FILE *file, struct trace *ret_trace,
	       struct trace_error *ret_error)
{
	struct parser parser = {
		.lines = {.file = file, .error = ret_error},
		.trace = {.finding = FINDING_COUNT, .outcome.count = 1},
	};
	bool fine = read_first_line(&parser) && read_keys(&parser) &&
		    read_schedule(&parser) && read_steps(&parser) &&
		    read_hashes(&parser) && read_end(&parser) &&
		    check_hashes(&parser);

	line_reader_fini(&parser.lines);
	if (!fine) {
		trace_fini(&parser.trace);
		return -1;
	}
	trace_check(&parser.trace);
	*ret_trace = parser.trace;
	return 0;
}
