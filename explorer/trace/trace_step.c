/*
 * One line of a trace's list of steps, read. The columns stand in
 * trace_table.h.
 */
#include "trace/trace_step.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "trace/trace_format.h"

static bool digits_to_number(const char *digits, size_t length, uint64_t most,
			     uint64_t *ret_number)
{
	uint64_t number = 0;

	if (length == 0 || length > 10)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(digits[i] - '0');
	}
	*ret_number = number;
	return number <= most;
}

bool choice_from_word(const char *word, size_t length,
		      struct choice *ret_choice)
{
	const char *slash = length ? memchr(word, '/', length) : NULL;
	size_t name_length = slash ? (size_t)(slash - word) : length;
	uint64_t alternative = 0;
	uint32_t thread;

	if (!thread_by_name(word, name_length, &thread) || thread > UINT16_MAX)
		return false;
	if (slash && !digits_to_number(slash + 1, length - name_length - 1,
				       UINT16_MAX, &alternative))
		return false;
	*ret_choice = (struct choice){
		.thread = (uint16_t)thread,
		.alternative = (uint16_t)alternative,
	};
	return true;
}

static bool read_choice(struct line_reader *reader, struct step *step)
{
	size_t length;
	struct choice choice;

	if (reader->failed)
		return false;
	length = line_word_length(reader);
	if (!choice_from_word(reader->next, length, &choice))
		return line_fail(reader, "'%s' should be a thread",
				 line_excerpt(reader));
	reader->next += length;
	reader->next += strspn(reader->next, " \t");
	step->thread = choice.thread;
	step->alternative = choice.alternative;
	return true;
}

static bool read_operation(struct line_reader *reader, struct step *step)
{
	const char *names[OP_COUNT];
	size_t op;

	for (unsigned i = 0; i < OP_COUNT; i++)
		names[i] = op_name((enum op)i);
	if (!line_name(reader, names, OP_COUNT, "operation", &op))
		return false;
	step->op = (enum op)op;
	return true;
}

static bool read_size(struct line_reader *reader, struct step *step)
{
	if (line_take_word(reader, "-"))
		return true;
	return line_number(reader, UINT64_MAX, &step->size);
}

static bool read_hexadecimal(struct line_reader *reader, uint64_t *ret_value)
{
	static const char digits[] = "0123456789abcdef";
	size_t length = line_word_length(reader) - 2;
	const char *word = reader->next + 2;
	uint64_t value = 0;

	if (length == 0 || length > 16 || strspn(word, digits) != length)
		return line_fail(reader, "'%s' should be a number",
				 line_excerpt(reader));
	for (size_t i = 0; i < length; i++)
		value = value << 4 |
			(uint64_t)(strchr(digits, word[i]) - digits);
	reader->next = word + length;
	reader->next += strspn(reader->next, " \t");
	*ret_value = value;
	return true;
}

/* Negative numbers are those of the step's size. */
static bool read_negative(struct line_reader *reader, uint64_t size,
			  uint64_t *ret_value)
{
	uint64_t most = size == 4 ? UINT32_MAX : UINT64_MAX;

	reader->next++;
	if (!line_number(reader, most, ret_value))
		return false;
	*ret_value = -*ret_value & most;
	return true;
}

static bool read_value(struct line_reader *reader, uint64_t size,
		       uint64_t *ret_value)
{
	if (reader->failed)
		return false;
	if (reader->next[0] == '-')
		return read_negative(reader, size, ret_value);
	if (strncmp(reader->next, "0x", 2) == 0)
		return read_hexadecimal(reader, ret_value);
	return line_number(reader, UINT64_MAX, ret_value);
}

static bool read_values(struct line_reader *reader, struct step *step)
{
	if (reader->failed)
		return false;
	if (line_take_word(reader, "-"))
		return true;
	step->has_values = true;
	if (!read_value(reader, step->size, &step->before))
		return false;
	step->after = step->before;
	if (line_take_word(reader, "->"))
		return read_value(reader, step->size, &step->after);
	return true;
}

/* Cuts ":14" off the end of the word; without it the line is unknown. */
static bool split_line_number(struct line_reader *reader, char *word,
			      unsigned *ret_line)
{
	char *colon = strrchr(word, ':');
	uint64_t line;

	if (!colon)
		return true;
	if (!digits_to_number(colon + 1, strlen(colon + 1), UINT32_MAX, &line))
		return line_fail(reader,
				 "a place should look like file.c:14, with a "
				 "line number at its end");
	*colon = '\0';
	*ret_line = (unsigned)line;
	return true;
}

/* After a quoted file. */
static bool read_line_number(struct line_reader *reader, unsigned *ret_line)
{
	uint64_t line;

	if (*reader->next != ':')
		return true;
	reader->next++;
	if (!line_number(reader, UINT32_MAX, &line))
		return false;
	*ret_line = (unsigned)line;
	return true;
}

/* file.c:14, "my file.c":14, or - */
static bool read_file(struct line_reader *reader, struct step *step)
{
	char *word;

	if (reader->failed)
		return false;
	if (*reader->next == '"')
		return line_string(reader, &step->file) &&
		       read_line_number(reader, &step->line);
	if (!line_string(reader, &word))
		return false;
	if (!split_line_number(reader, word, &step->line)) {
		free(word);
		return false;
	}
	if (strcmp(word, "-") == 0) {
		free(word);
		word = NULL;
	}
	step->file = word;
	return true;
}

static bool read_order(struct line_reader *reader, struct step *step)
{
	static const char *const names[] = TRACE_ORDER_NAMES;
	size_t order;

	if (!line_name(reader, names, ORDER_PLAIN, "memory order", &order))
		return false;
	step->order = (enum memory_order_kind)order;
	return true;
}

static bool read_remark(struct line_reader *reader, struct step *step)
{
	if (line_take_word(reader, "lost-update")) {
		step->lost_update = true;
		return true;
	}
	if (line_take_word(reader, "result")) {
		if (step->result)
			return line_fail(reader, "there are two results");
		return line_string(reader, &step->result);
	}
	if (line_take_word(reader, "order"))
		return read_order(reader, step);
	if (line_take_word(reader, "reads-from"))
		return line_number(reader, UINT64_MAX, &step->reads_from);
	return line_fail(reader, "unknown remark '%s'", line_excerpt(reader));
}

bool step_read(struct line_reader *reader, struct step *ret_step)
{
	struct step step = {.order = ORDER_PLAIN, .reads_from = EVENT_NONE};
	bool fine = line_number(reader, UINT64_MAX, &step.number) &&
		    read_choice(reader, &step) &&
		    read_operation(reader, &step) &&
		    line_string_or_none(reader, &step.object) &&
		    read_size(reader, &step) && read_values(reader, &step) &&
		    line_string_or_none(reader, &step.function) &&
		    read_file(reader, &step);

	while (fine && !line_is_done(reader))
		fine = read_remark(reader, &step);
	if (!fine) {
		step_fini(&step);
		return false;
	}
	*ret_step = step;
	return true;
}
