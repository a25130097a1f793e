/*
 * explorer/trace/trace_read.c: each kind of damage, and where it is
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sample.h"
#include "trace/trace.h"

/* Reads the text, which must be refused, with the error on this line and these
 * words in its sentence. */
static void assert_refused(const char *text, size_t length, unsigned line,
			   const char *words)
{
	struct trace trace = {.version = 77};
	struct trace_error error = {.line = 9999};

	cr_assert(eq(int, sample_read(text, length, &trace, &error), -1));
	cr_assert(eq(uint, error.line, line), "%s", error.message);
	cr_assert(strstr(error.message, words) != NULL, "%s", error.message);
	/* Left as it was. */
	cr_assert(eq(uint, trace.version, 77));
	cr_assert(eq(ptr, trace.program, NULL));
}

static unsigned line_of(const char *text, const char *place)
{
	unsigned line = 1;

	for (; text < place; text++)
		line += *text == '\n';
	return line;
}

/* The text with the first `old` replaced; owned by the caller. */
static char *replaced(const char *text, const char *old, const char *new)
{
	const char *place = strstr(text, old);

	cr_assert(place != NULL, "'%s' does not occur", old);
	return text_format("%.*s%s%s", (int)(place - text), text, new,
			   place + strlen(old));
}

/* Replaces in a trace of six lines that all tests of this kind share. */
static const char small[] = "explorer trace 1\n"
			    "program p\n"
			    "outcome exit\n"
			    "status 0\n"
			    "schedule 3\n"
			    "  T1*2 T2\n"
			    "steps 3\n"
			    "  0 T1 read x 4 1 f a.c:1\n"
			    "  1 T1 write x 4 1 -> 2 f a.c:2\n"
			    "  2 T2 read x 4 2 f a.c:1\n";

static char *small_text(void)
{
	struct step steps[3] = {
		{.thread = 1, .op = OP_READ, .line = 1},
		{.thread = 1, .op = OP_WRITE, .line = 2},
		{.thread = 2, .op = OP_READ, .line = 1},
	};
	char x[] = "x";
	char f[] = "f";
	uint64_t hash = 0;

	for (size_t i = 0; i < 3; i++) {
		steps[i].object = x;
		steps[i].function = f;
		hash = step_hash(hash, &steps[i]);
	}
	return text_format("%send %016llx\n", small, (unsigned long long)hash);
}

static void assert_damage(const char *old, const char *new, const char *words)
{
	char *text = small_text();
	char *damaged = replaced(text, old, new);

	assert_refused(damaged, strlen(damaged),
		       line_of(text, strstr(text, old)), words);
	free(text);
	free(damaged);
}

Test(trace_read, needs_no_checksum)
{
	char *text = small_text();
	struct trace trace;
	struct trace_error error;

	cr_assert(eq(int, sample_read(text, strlen(text), &trace, &error), 0));
	cr_assert(eq(sz, trace.step_count, 3));
	cr_assert(eq(u64, trace.steps[1].before, 1));
	cr_assert(eq(u64, trace.steps[1].after, 2));
	trace_fini(&trace);
	free(text);
}

Test(trace_read, ignores_blank_lines_comments_and_blanks)
{
	char *text = small_text();
	char *spaced =
		replaced(text, "program p", "\n# mine\n \t \n  program\tp ");
	char *more = replaced(spaced, "T1*2 T2", "T1\n\n# a switch\nT1    T2");
	struct trace trace;
	struct trace_error error;

	cr_assert(eq(int, sample_read(more, strlen(more), &trace, &error), 0));
	cr_assert(eq(str, trace.program, "p"));
	cr_assert(eq(sz, trace.schedule.length, 3));
	trace_fini(&trace);
	free(text);
	free(spaced);
	free(more);
}

Test(trace_read, refuses_what_is_no_trace)
{
	static const char zero[] = "explorer\0trace 1\n";

	assert_refused("", 0, 0, "empty");
	assert_refused("\n\n", 2, 0, "empty");
	assert_refused("int main(void)\n", 15, 1, "not a trace");
	assert_refused("explorer trace\n", 15, 1, "not a trace");
	assert_refused(zero, sizeof(zero) - 1, 1, "zero byte");
	assert_refused("explorer trace 1", 16, 1, "cut short");
}

Test(trace_read, refuses_newer_versions)
{
	assert_damage("explorer trace 1", "explorer trace 2",
		      "the trace has format 2");
	assert_damage("explorer trace 1", "explorer trace 0",
		      "no trace format 0");
	assert_damage("explorer trace 1", "explorer trace one",
		      "'one' should be a number");
	assert_damage("explorer trace 1", "explorer trace 1 2",
		      "should end before '2'");
}

Test(trace_read, refuses_unknown_and_repeated_keys)
{
	assert_damage("status 0", "colour red", "unknown key 'colour'");
	assert_damage("status 0", "\x1b[2J", "unknown key '?[2J'");
	assert_damage("status 0", "program q", "a second 'program'");
	assert_damage("program p", "program", "a value is missing");
	assert_damage("program p", "program p q", "should end before 'q'");
	assert_damage("program p", "program \"p", "a quote is not closed");
	assert_damage("program p", "program \"\\x00\"", "zero byte");
	assert_damage("status 0", "optimised yes", "should end before 'yes'");
	assert_damage("status 0", "finding bug", "'bug' is no kind of finding");
	assert_damage("status 0", "value x colour 3",
		      "'colour' is no kind of value");
	assert_damage("outcome exit", "outcome well",
		      "'well' is no way to end");
}

Test(trace_read, wants_program_and_outcome)
{
	char *text = small_text();
	char *damaged = replaced(text, "program p\n", "");

	assert_refused(damaged, strlen(damaged), 4, "'program' is missing");
	free(damaged);
	damaged = replaced(text, "outcome exit\n", "");
	assert_refused(damaged, strlen(damaged), 4, "'outcome' is missing");
	free(damaged);
	free(text);
}

Test(trace_read, refuses_malformed_numbers)
{
	assert_damage("status 0", "status", "a number is missing");
	assert_damage("status 0", "status -1", "'-1' should be a number");
	assert_damage("status 0", "status 0x10", "'0x10' should be a number");
	assert_damage("status 0", "status 2147483648", "too large");
	assert_damage("status 0", "visible x 18446744073709551616",
		      "too large");
	assert_damage("schedule 3", "schedule 99999999999", "too large");
	assert_damage("  0 T1", "  0x0 T1", "should be a number");
	assert_damage("x 4 1 f", "x 4 1e3 f", "'1e3' should be a number");
	assert_damage("x 4 1 f", "x 4 0xg f", "'0xg' should be a number");
	assert_damage("x 4 1 f", "x 4 0x11112222333344445 f",
		      "should be a number");
	assert_damage("a.c:2", "a.c:two", "line number");
	assert_damage("a.c:2", "a.c:", "line number");
	assert_damage("a.c:2", "a.c:99999999999", "line number");
}

Test(trace_read, refuses_malformed_schedules)
{
	static const char *const wrong[] = {
		"T",	    "T0",
		"t1",	    "T1*",
		"T1*0",	    "T1*x",
		"T1/",	    "T1/x",
		"T1/65536", "T65536",
		"*3",	    "T1**2",
		"T1*2/1",   "T1*99999999999999999999"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_damage("T1*2 T2", wrong[i], "should be a thread");
}

Test(trace_read, refuses_malformed_steps)
{
	assert_damage("  0 T1", "  0 T", "'T' should be a thread");
	assert_damage("write", "wrote", "'wrote' is no operation");
	assert_damage("1 -> 2 f a.c:2", "1 -> 2 f a.c:2 sold-update",
		      "unknown remark 'sold-update'");
	assert_damage("1 -> 2 f a.c:2", "1 -> 2 f a.c:2 order strict",
		      "'strict' is no memory order");
	assert_damage("1 -> 2 f a.c:2", "1 -> 2 f a.c:2 result a result b",
		      "two results");
	assert_damage("1 -> 2 f a.c:2", "1 ->", "a number is missing");
	assert_damage("1 -> 2 f a.c:2", "1 -> 2 f", "a value is missing");
}

Test(trace_read, refuses_inconsistent_counts)
{
	char *text = small_text();
	char *damaged;

	assert_damage("T1*2 T2", "T1*3 T2",
		      "should have 3 steps, and has more");
	assert_damage("T1*2 T2", "T1*2 T2 T2",
		      "should have 3 steps, and has more");
	damaged = replaced(text, "T1*2 T2", "T1 T2");
	assert_refused(damaged, strlen(damaged), 7,
		       "should have 3 steps, and has 2");
	free(damaged);
	damaged = replaced(text, "steps 3", "steps 4");
	assert_refused(damaged, strlen(damaged), 11,
		       "should be 4 steps, and there are 3");
	free(damaged);
	damaged = replaced(text, "steps 3", "steps 2");
	assert_refused(damaged, strlen(damaged), 10,
		       "the last line should stand here");
	free(damaged);
	assert_damage("end ", "hashes 1\n  0000000000000000\nend ",
		      "3 steps has 0 hashes at most, not 1");
	free(text);
}

Test(trace_read, holds_steps_against_the_schedule)
{
	assert_damage("  1 T1", "  3 T1", "beyond the schedule");
	assert_damage("  1 T1", "  0 T1", "does not come after");
	assert_damage("  1 T1", "  1 T2", "than the schedule says");
	assert_damage("  1 T1", "  1 T1/1", "than the schedule says");
}

Test(trace_read, holds_the_final_hash_against_the_steps)
{
	char *text = small_text();
	char *damaged = replaced(text, "a.c:2", "a.c:3");

	assert_refused(damaged, strlen(damaged), 11, "final hash");
	free(damaged);
	assert_damage("end ", "end 0123456789abcdeg 0",
		      "16 hexadecimal digits");
	free(text);
}

Test(trace_read, holds_stored_hashes_against_the_steps)
{
	struct trace trace = sample_long_trace(2100, true);
	size_t length;
	char *text;

	trace.hashes[1] ^= 1;
	text = sample_text(&trace, &length);
	assert_refused(text, length, line_of(text, strstr(text, "hashes ")),
		       "the hash after 2048 steps");
	free(text);
	trace_fini(&trace);
}

Test(trace_read, counts_hashes)
{
	struct trace trace = sample_long_trace(2100, false);
	size_t length;
	char *text = sample_text(&trace, &length);
	unsigned line = line_of(text, strstr(text, "hashes "));
	char *damaged = replaced(text, "hashes 2", "hashes 3");

	assert_refused(damaged, strlen(damaged), line,
		       "2100 steps has 2 hashes at most, not 3");
	free(damaged);
	damaged = replaced(text, "hashes 2", "hashes 1");
	assert_refused(damaged, strlen(damaged), line + 1, "should end before");
	free(damaged);
	free(text);
	trace_fini(&trace);
}

/* A program that died did not report its last steps. */
Test(trace_read, takes_fewer_hashes_than_steps)
{
	struct trace trace = sample_long_trace(1024, true);
	struct trace read;
	struct trace_error error;
	size_t length;
	char *text;

	step_fini(&trace.steps[--trace.step_count]);
	trace.hash_count = 0;
	text = sample_text(&trace, &length);
	cr_assert(eq(int, sample_read(text, length, &read, &error), 0));
	cr_assert(eq(sz, read.step_count, 1023));
	trace_fini(&read);
	trace_fini(&trace);
	free(text);
}

Test(trace_read, notices_what_follows_the_end)
{
	char *text = small_text();
	char *longer = text_format("%sprogram q\n", text);

	assert_refused(longer, strlen(longer), 12, "after the end");
	free(longer);
	longer = text_format("%s\n# a remark\n", text);
	{
		struct trace trace;
		struct trace_error error;

		cr_assert(
			eq(int,
			   sample_read(longer, strlen(longer), &trace, &error),
			   0));
		trace_fini(&trace);
	}
	free(longer);
	free(text);
}

/* Wherever it is cut, a file says that it was. */
Test(trace_read, notices_every_cut)
{
	struct trace trace = sample_trace();
	size_t length;
	char *text = sample_text(&trace, &length);

	for (size_t cut = 1; cut < length; cut++) {
		struct trace read;
		struct trace_error error;

		cr_assert(eq(int, sample_read(text, cut, &read, &error), -1));
		cr_assert(strstr(error.message, "cut short") != NULL,
			  "after %zu bytes: %s", cut, error.message);
	}
	free(text);
	trace_fini(&trace);
}

/* Blanks and comments aside, no byte of a trace can be changed unnoticed. */
Test(trace_read, notices_every_changed_byte)
{
	struct trace trace = sample_trace();
	size_t length;
	char *text = sample_text(&trace, &length);
	bool comment = false;

	for (size_t i = 0; i < length; i++) {
		struct trace read;
		struct trace_error error;
		char kept = text[i];

		if (i == 0 || text[i - 1] == '\n')
			comment = text[i] == '#' || text[i] == '\n';
		if (comment)
			continue;
		text[i] ^= 1;
		cr_assert(eq(int, sample_read(text, length, &read, &error), -1),
			  "byte %zu", i);
		text[i] = kept;
	}
	free(text);
	trace_fini(&trace);
}

Test(trace_read, refuses_endless_lines)
{
	size_t length = 3U << 20;
	char *text = malloc(length);

	memset(text, 'a', length);
	assert_refused(text, length, 1, "too long");
	memcpy(text, "explorer trace 1\nprogram ", 25);
	assert_refused(text, length, 2, "too long");
	free(text);
}

Test(trace_read, says_why_a_file_cannot_be_read)
{
	FILE *file = fopen("/", "r");
	struct trace trace;
	struct trace_error error;

	cr_assert(ne(ptr, file, NULL));
	cr_assert(eq(int, trace_read(file, &trace, &error), -1));
	cr_assert(eq(uint, error.line, 0));
	cr_assert(strstr(error.message, "directory") != NULL);
	fclose(file);
}
