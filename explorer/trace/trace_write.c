/*
 * The text form of a trace, written.
 *
 * Every line that is neither blank nor a comment goes into a checksum, which
 * the last line carries.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/text.h"
#include "trace/trace.h"
#include "trace/trace_format.h"
#include "trace/trace_quote.h"
#include "trace/trace_table.h"

#define SCHEDULE_COLUMNS 76
#define HASHES_A_LINE	 4
/* Where the program printed no line breaks, output is broken after so much. */
#define OUTPUT_LINE_BYTES 64

struct writer {
	FILE *file;
	struct buffer line; /* being put together */
	uint64_t checksum;  /* of the lines written */
	int error;	    /* the first one met, an errno; else 0 */
};

static void put_bytes(struct writer *writer, const void *bytes, size_t length)
{
	if (fwrite(bytes, 1, length, writer->file) != length && !writer->error)
		writer->error = errno ? errno : EIO;
}

static void end_line(struct writer *writer)
{
	writer->checksum = hash_bytes(writer->line.data, writer->line.length,
				      writer->checksum);
	text_add(&writer->line, "\n");
	put_bytes(writer, writer->line.data, writer->line.length);
	buffer_clear(&writer->line);
}

/* Blank lines and comments are not part of the trace. */
static void end_comment(struct writer *writer)
{
	text_add(&writer->line, "\n");
	put_bytes(writer, writer->line.data, writer->line.length);
	buffer_clear(&writer->line);
}

static void put_line(struct writer *writer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put_line(struct writer *writer, const char *format, ...)
{
	char text[128];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	text_add(&writer->line, "%s", text);
	end_line(writer);
}

static void put_blank(struct writer *writer)
{
	end_comment(writer);
}

static void put_string(struct writer *writer, const char *key,
		       const char *string)
{
	if (!string)
		return;
	text_add(&writer->line, "%s ", key);
	quote_put(&writer->line, string);
	end_line(writer);
}

static void put_strings(struct writer *writer, const char *key, char **strings,
			size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_string(writer, key, strings[i]);
}

static void put_flag(struct writer *writer, const char *key, bool flag)
{
	if (flag)
		put_line(writer, "%s", key);
}

static void put_program(struct writer *writer, const struct trace *trace)
{
	put_string(writer, "program", trace->program);
	put_strings(writer, "argument", trace->arguments,
		    trace->argument_count);
	put_string(writer, "sources", trace->sources);
	put_string(writer, "cflags", trace->cflags);
	put_flag(writer, "optimised", trace->optimised);
	put_string(writer, "stdin", trace->input);
	put_string(writer, "source-hash", trace->source_hash);
	put_string(writer, "build-id", trace->build_id);
	put_string(writer, "strategy", trace->strategy);
	put_flag(writer, "uninitialised", trace->uninitialised);
	put_flag(writer, "leaks", trace->leaks);
	put_strings(writer, "watch", trace->watched, trace->watched_count);
	put_string(writer, "expect", trace->expect);
}

static void put_visible(struct writer *writer, const struct trace *trace)
{
	for (size_t i = 0; i < trace->visible_count; i++) {
		text_add(&writer->line, "visible ");
		quote_put(&writer->line, trace->visible[i].name);
		text_add(&writer->line, " %" PRIu64, trace->visible[i].bytes);
		if (trace->visible[i].block)
			text_add(&writer->line, " %" PRIu64,
				 trace->visible[i].block);
		end_line(writer);
	}
	put_flag(writer, "clock-is-read", trace->clock_is_read);
}

/* A piece ends with a line break of the program, so that output reads in the
 * file as it did on the screen. */
static void put_output(struct writer *writer, const uint8_t *output,
		       size_t length)
{
	while (length) {
		size_t piece =
			length < OUTPUT_LINE_BYTES ? length : OUTPUT_LINE_BYTES;
		const uint8_t *line_break = memchr(output, '\n', piece);

		if (line_break)
			piece = (size_t)(line_break - output) + 1;
		text_add(&writer->line, "output ");
		quote_put_quoted(&writer->line, output, piece);
		end_line(writer);
		output += piece;
		length -= piece;
	}
}

static void put_outcome(struct writer *writer, const struct outcome *outcome)
{
	static const char *const kinds[] = TRACE_VALUE_KINDS;

	put_line(writer, "outcome %s", end_name(outcome->end));
	if (outcome->has_status)
		put_line(writer, "status %d", outcome->status);
	for (size_t i = 0; i < outcome->value_count; i++) {
		const struct value *value = &outcome->values[i];

		text_add(&writer->line, "value ");
		quote_put(&writer->line, value->name);
		text_add(&writer->line, " %s ", kinds[value->kind]);
		quote_put(&writer->line, value->text);
		end_line(writer);
	}
	if (outcome->lost_updates)
		put_line(writer, "lost-updates %" PRIu64,
			 outcome->lost_updates);
	put_flag(writer, "unexpected", outcome->unexpected);
	put_string(writer, "message", outcome->message);
	put_output(writer, outcome->output, outcome->output_length);
	if (outcome->output_total)
		put_line(writer, "output-total %" PRIu64 " %016" PRIx64,
			 outcome->output_total, outcome->output_digest);
}

/* "T1/2*3": alternative 2 of T1's operation, three times. */
static void spell_run(struct buffer *word, struct choice choice, size_t run)
{
	char name[THREAD_NAME_BYTES];

	buffer_clear(word);
	text_add(word, "%s", thread_name(choice.thread, name));
	if (choice.alternative)
		text_add(word, "/%u", choice.alternative);
	if (run > 1)
		text_add(word, "*%zu", run);
}

/* The words of short runs, which make up the longest schedules, are spelled
 * once: a long trace has hundreds of thousands. */
#define SPELLED 256
struct speller {
	struct spelling {
		struct choice choice;
		size_t run; /* 0: nothing is spelled here */
		struct buffer word;
	} known[SPELLED];
};

static const struct buffer *word_of(struct speller *speller,
				    struct choice choice, size_t run)
{
	size_t slot =
		(choice.thread * 16U + choice.alternative * 5U + run) % SPELLED;
	struct spelling *known = &speller->known[slot];

	if (known->run != run || known->choice.thread != choice.thread ||
	    known->choice.alternative != choice.alternative) {
		spell_run(&known->word, choice, run);
		known->choice = choice;
		known->run = run;
	}
	return &known->word;
}

static void speller_fini(struct speller *speller)
{
	for (size_t i = 0; i < SPELLED; i++)
		buffer_fini(&speller->known[i].word);
}

static void put_schedule(struct writer *writer, const struct schedule *schedule)
{
	struct speller speller = {0};

	put_line(writer, "schedule %zu", schedule->length);
	for (size_t i = 0; i < schedule->length;) {
		size_t run =
			schedule_run(schedule->at + i, schedule->length - i);
		const struct buffer *word =
			word_of(&speller, schedule->at[i], run);

		if (writer->line.length + 1 + word->length > SCHEDULE_COLUMNS)
			end_line(writer);
		/* Lines start with two blanks. */
		buffer_put(&writer->line, "  ", writer->line.length ? 1 : 2);
		buffer_put(&writer->line, word->data, word->length);
		i += run;
	}
	if (writer->line.length)
		end_line(writer);
	speller_fini(&speller);
}

static void put_steps(struct writer *writer, const struct trace *trace)
{
	struct step_table table;
	uint64_t next = 0;

	step_table_init(&table, trace->steps, trace->step_count);
	put_line(writer, "steps %zu", trace->step_count);
	step_table_put_titles(&table, &writer->line);
	end_comment(writer);
	for (size_t i = 0; i < trace->step_count; i++) {
		const struct step *step = &trace->steps[i];

		if (step->number != next) {
			text_add(&writer->line,
				 "# %" PRIu64 " steps are not listed",
				 step->number - next);
			end_comment(writer);
		}
		next = step->number + 1;
		step_table_put(&table, step, &writer->line);
		end_line(writer);
	}
	step_table_fini(&table);
}

static void put_hashes(struct writer *writer, const struct trace *trace)
{
	if (!trace->hash_count)
		return;
	put_blank(writer);
	put_line(writer, "hashes %zu", trace->hash_count);
	for (size_t i = 0; i < trace->hash_count; i++) {
		text_add(&writer->line, "  %016" PRIx64, trace->hashes[i]);
		if ((i + 1) % HASHES_A_LINE == 0 || i + 1 == trace->hash_count)
			end_line(writer);
	}
}

int trace_write(const struct trace *trace, FILE *file)
{
	struct writer writer = {.file = file};

	trace_check(trace);
	put_line(&writer, TRACE_FIRST_WORDS " %d", TRACE_VERSION);
	put_program(&writer, trace);
	put_visible(&writer, trace);
	put_blank(&writer);
	put_string(&writer, "note", trace->note);
	if (trace->finding != FINDING_COUNT)
		put_line(&writer, "finding %s", finding_name(trace->finding));
	put_outcome(&writer, &trace->outcome);
	put_blank(&writer);
	put_schedule(&writer, &trace->schedule);
	put_blank(&writer);
	put_steps(&writer, trace);
	put_hashes(&writer, trace);
	put_blank(&writer);
	text_add(&writer.line, "end %016" PRIx64 " %016" PRIx64,
		 trace->final_hash, writer.checksum);
	end_line(&writer);
	buffer_fini(&writer.line);
	if (fflush(file) != 0 && !writer.error)
		writer.error = errno;
	errno = writer.error;
	return writer.error ? -1 : 0;
}
