/*
 * Steps as a table.
 */
#include "trace/trace_table.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "trace/trace_format.h"
#include "trace/trace_quote.h"

/* A longer cell pushes the rest of its line aside, not the whole table. */
#define WIDTH_MAX 32
/* Values this little below zero are shown as negative numbers. */
#define NEGATIVE_MAX 65536
/* Larger values are bit patterns or addresses rather than counts. */
#define DECIMAL_MAX UINT32_MAX

static const char *const titles[] = {"#  step", "thread", "operation", "object",
				     "bytes",	"value",  "place",     ""};
static_assert(sizeof(titles) / sizeof(titles[0]) == STEP_COLUMNS,
	      "one title for each column");

static size_t lane_offset(const struct step_table *table, uint32_t thread)
{
	size_t offset = 0;
	char name[THREAD_NAME_BYTES];

	for (size_t i = 0; i < table->lane_count; i++) {
		if (table->threads[i] >= thread)
			break;
		offset += strlen(thread_name(table->threads[i], name)) + 1;
	}
	return offset;
}

static void put_thread(const struct step_table *table, const struct step *step,
		       struct buffer *cell)
{
	char name[THREAD_NAME_BYTES];

	text_add(cell, "%*s%s", (int)lane_offset(table, step->thread), "",
		 thread_name(step->thread, name));
	if (step->alternative)
		text_add(cell, "/%" PRIu32, step->alternative);
}

/* Which values of so many bytes look negative when read as signed. Single
 * bytes and shorts are more often characters and bits. */
static bool looks_negative(uint64_t value, uint64_t size)
{
	if (size == 4)
		return value <= UINT32_MAX && value > UINT32_MAX - NEGATIVE_MAX;
	return size == 8 && value > UINT64_MAX - NEGATIVE_MAX;
}

static void put_value(uint64_t value, uint64_t size, struct buffer *cell)
{
	if (looks_negative(value, size)) {
		uint64_t most = size == 4 ? UINT32_MAX : UINT64_MAX;

		text_add(cell, "-%" PRIu64, most - value + 1);
	} else if (value > DECIMAL_MAX) {
		text_add(cell, "0x%" PRIx64, value);
	} else {
		text_add(cell, "%" PRIu64, value);
	}
}

static void put_values(const struct step *step, struct buffer *cell)
{
	if (!step->has_values) {
		text_add(cell, "-");
		return;
	}
	put_value(step->before, step->size, cell);
	if (step->after != step->before) {
		text_add(cell, " -> ");
		put_value(step->after, step->size, cell);
	}
}

static void put_place(const struct step *step, struct buffer *cell)
{
	quote_put(cell, step->function);
	text_add(cell, " ");
	quote_put(cell, step->file);
	if (step->line)
		text_add(cell, ":%u", step->line);
}

static void put_remarks(const struct step *step, struct buffer *cell)
{
	static const char *const orders[] = TRACE_ORDER_NAMES;
	const char *gap = "";

	if (step->lost_update) {
		text_add(cell, "lost-update");
		gap = " ";
	}
	if (step->result) {
		text_add(cell, "%sresult ", gap);
		quote_put(cell, step->result);
		gap = " ";
	}
	if (step->order != ORDER_PLAIN) {
		text_add(cell, "%sorder %s", gap, orders[step->order]);
		gap = " ";
	}
	if (step->reads_from != EVENT_NONE)
		text_add(cell, "%sreads-from %" PRIu64, gap, step->reads_from);
}

static void put_cell(const struct step_table *table, const struct step *step,
		     enum step_column column, struct buffer *cell)
{
	switch (column) {
	case STEP_NUMBER:
		text_add(cell, "%" PRIu64, step->number);
		break;
	case STEP_THREAD:
		put_thread(table, step, cell);
		break;
	case STEP_OPERATION:
		text_add(cell, "%s", op_name(step->op));
		break;
	case STEP_OBJECT:
		quote_put(cell, step->object);
		break;
	case STEP_BYTES:
		if (step->size)
			text_add(cell, "%" PRIu64, step->size);
		else
			text_add(cell, "-");
		break;
	case STEP_VALUE:
		put_values(step, cell);
		break;
	case STEP_PLACE:
		put_place(step, cell);
		break;
	case STEP_REMARKS:
		put_remarks(step, cell);
		break;
	case STEP_COLUMNS:
		break;
	}
}

/* Numbers are read more easily with their ends aligned. */
static bool is_right_aligned(enum step_column column)
{
	return column == STEP_NUMBER || column == STEP_BYTES;
}

static void put_padded(const struct step_table *table, enum step_column column,
		       const char *text, struct buffer *line)
{
	int width = (int)table->widths[column];

	if (!is_right_aligned(column))
		width = -width;
	text_add(line, "%s%*s", column ? "  " : "", width, text);
}

static void trim(struct buffer *line)
{
	while (line->length && line->data[line->length - 1] == ' ')
		line->length--;
	text_add(line, "%s", "");
}

/* Lanes in the order of thread numbers; none if there are too many. */
static void add_lane(struct step_table *table, uint32_t thread, bool *full)
{
	size_t at = 0;

	while (at < table->lane_count && table->threads[at] < thread)
		at++;
	if (*full || (at < table->lane_count && table->threads[at] == thread))
		return;
	if (table->lane_count == STEP_LANES_MAX) {
		*full = true;
		return;
	}
	memmove(&table->threads[at + 1], &table->threads[at],
		(table->lane_count - at) * sizeof(table->threads[0]));
	table->threads[at] = thread;
	table->lane_count++;
}

void step_table_init(struct step_table *table, const struct step *steps,
		     size_t count)
{
	bool full = false;

	*table = (struct step_table){0};
	for (size_t i = 0; i < count; i++)
		add_lane(table, steps[i].thread, &full);
	if (full)
		table->lane_count = 0;
	for (unsigned column = 0; column < STEP_COLUMNS; column++) {
		size_t width = strlen(titles[column]);

		for (size_t i = 0; i < count; i++) {
			buffer_clear(&table->cell);
			put_cell(table, &steps[i], column, &table->cell);
			if (table->cell.length > width)
				width = table->cell.length;
		}
		table->widths[column] = width < WIDTH_MAX ? width : WIDTH_MAX;
	}
}

void step_table_fini(struct step_table *table)
{
	buffer_fini(&table->cell);
}

void step_table_put_titles(const struct step_table *table, struct buffer *line)
{
	for (unsigned column = 0; column < STEP_COLUMNS; column++)
		put_padded(table, column, titles[column], line);
	trim(line);
}

void step_table_put(struct step_table *table, const struct step *step,
		    struct buffer *line)
{
	for (unsigned column = 0; column < STEP_COLUMNS; column++) {
		buffer_clear(&table->cell);
		text_add(&table->cell, "%s", "");
		put_cell(table, step, column, &table->cell);
		put_padded(table, column, (const char *)table->cell.data, line);
	}
	trim(line);
}
