/*
 * An execution as a picture.
 *
 * Each listed step becomes a row: its number, a cell in the column of its
 * thread, its place in the source, and whose update it destroys. The columns'
 * widths follow from the cells that are shown. A thread's line runs from the
 * step that creates it to its last one.
 */
#include "report/interleaving.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/step_words.h"
#include "report/words.h"

#define NUMBER_COLUMNS 6
#define CELL_MIN       10
#define CELL_MAX       30
#define PLACE_COLUMNS  28

struct column {
	uint32_t thread;
	size_t width;
	size_t first; /* row of its first step, or of its creation */
	size_t last;
};

/* Invariants: rows are those steps of the trace that are shown, in order; the
 * columns are in the order of thread numbers, one for each thread that makes a
 * step that is shown. */
struct picture {
	const struct terminal *terminal;
	const struct trace *trace;
	size_t *rows; /* indices into trace->steps */
	size_t row_count;
	struct column *columns;
	size_t column_count;
	size_t column_capacity;
	bool wide; /* there is room for a column a thread */
};

/* The name of a thread, for the arguments of one call. */
#define NAME_OF(thread) thread_name(thread, (char[THREAD_NAME_BYTES]){0})

size_t interleaving_switches(const struct trace *trace)
{
	const struct schedule *schedule = &trace->schedule;
	size_t switches = 0;

	for (size_t i = 1; i < schedule->length; i++)
		switches +=
			schedule->at[i].thread != schedule->at[i - 1].thread;
	return switches;
}

static void print_lost(const struct picture *picture, size_t index)
{
	const struct step *victim = step_overwritten(picture->trace, index);

	if (victim)
		terminal_paint(picture->terminal, PAINT_RED,
			       "  %s's update (step %" PRIu64 ") is lost",
			       NAME_OF(victim->thread), victim->number);
	else
		terminal_paint(picture->terminal, PAINT_RED,
			       "  another thread's update is lost");
}

/* --- Which steps are shown, in which columns */

static void choose_rows(struct picture *picture, bool everything)
{
	size_t listed = picture->trace->step_count;
	bool cut = !everything && listed > INTERLEAVING_ROWS_MAX;
	size_t head = cut ? INTERLEAVING_ROWS_MAX / 2 : listed;
	size_t tail = cut ? INTERLEAVING_ROWS_MAX / 2 : 0;

	picture->rows = memory_new((head + tail) * sizeof(*picture->rows));
	for (size_t i = 0; i < head; i++)
		picture->rows[picture->row_count++] = i;
	for (size_t i = listed - tail; tail > 0 && i < listed; i++)
		picture->rows[picture->row_count++] = i;
}

static const struct step *step_at(const struct picture *picture, size_t row)
{
	return &picture->trace->steps[picture->rows[row]];
}

static struct column *column_of(struct picture *picture, uint32_t thread)
{
	for (size_t i = 0; i < picture->column_count; i++)
		if (picture->columns[i].thread == thread)
			return &picture->columns[i];
	return NULL;
}

/* Keeps the columns in the order of thread numbers. */
static struct column *column_add(struct picture *picture, uint32_t thread)
{
	void *columns = picture->columns;
	size_t at = picture->column_count;

	memory_reserve(&columns, &picture->column_capacity,
		       picture->column_count + 1, sizeof(*picture->columns));
	picture->columns = columns;
	for (; at > 0 && picture->columns[at - 1].thread > thread; at--)
		picture->columns[at] = picture->columns[at - 1];
	picture->column_count++;
	picture->columns[at] =
		(struct column){.thread = thread, .width = CELL_MIN};
	return &picture->columns[at];
}

static void begin_column(struct picture *picture, uint32_t thread, size_t row)
{
	struct column *column = column_of(picture, thread);

	if (column)
		return;
	column = column_add(picture, thread);
	column->first = row;
}

static void make_columns(struct picture *picture)
{
	for (size_t row = 0; row < picture->row_count; row++) {
		const struct step *step = step_at(picture, row);
		char *cell = step_words(step, CELL_MAX);
		size_t width = terminal_columns(cell);
		struct column *column;

		begin_column(picture, step->thread, row);
		column = column_of(picture, step->thread);
		column->last = row;
		if (width > column->width)
			column->width = width;
		free(cell);
	}
}

/* A thread's line starts where it is created, if that is shown. */
static void begin_lines(struct picture *picture)
{
	for (size_t row = 0; row < picture->row_count; row++) {
		const struct step *step = step_at(picture, row);
		struct column *column;
		uint32_t thread;

		if (step->op != OP_CREATE || !step->object ||
		    !thread_by_name(step->object, strlen(step->object),
				    &thread))
			continue;
		column = column_of(picture, thread);
		if (column && row < column->first)
			column->first = row;
	}
}

static void choose_layout(struct picture *picture)
{
	size_t width = NUMBER_COLUMNS + PLACE_COLUMNS;

	for (size_t i = 0; i < picture->column_count; i++)
		width += picture->columns[i].width + 4;
	picture->wide =
		width <= picture->terminal->width || picture->column_count <= 3;
}

/* --- Drawing */

static bool has_place(const struct step *step)
{
	return step->file || step->function;
}

/* Nothing comes behind its cell. */
static bool is_last_word(const struct step *step)
{
	return !has_place(step) && !step->lost_update;
}

static enum paint paint_of(uint32_t thread)
{
	static const enum paint paints[] = {PAINT_CYAN, PAINT_MAGENTA,
					    PAINT_YELLOW, PAINT_GREEN,
					    PAINT_BLUE};

	if (thread == 0)
		return PAINT_NONE;
	return paints[(thread - 1) % (sizeof(paints) / sizeof(*paints))];
}

static void print_heading(const struct picture *picture)
{
	FILE *file = picture->terminal->file;

	fprintf(file, "%*s%s", NUMBER_COLUMNS, "step",
		!picture->wide		    ? "  thread"
		: picture->column_count > 0 ? "  "
					    : "");
	for (size_t i = 0; picture->wide && i < picture->column_count; i++) {
		const struct column *column = &picture->columns[i];

		terminal_pad(
			picture->terminal, PAINT_BOLD, NAME_OF(column->thread),
			i + 1 < picture->column_count ? column->width + 4 : 0);
	}
	fputc('\n', file);
}

static bool is_alive(const struct column *column, size_t row)
{
	return row >= column->first && row <= column->last;
}

/* The columns of a row up to the last one that has something to show. */
static size_t columns_used(const struct picture *picture, size_t row)
{
	size_t used = picture->column_count;

	while (used > 0 && !is_alive(&picture->columns[used - 1], row))
		used--;
	return used;
}

/* Where nothing comes behind the cells, no blanks do. */
static void print_cells(const struct picture *picture, size_t row,
			const char *cell)
{
	const struct terminal *terminal = picture->terminal;
	const struct step *step = step_at(picture, row);
	bool ends = is_last_word(step);
	size_t count =
		ends ? columns_used(picture, row) : picture->column_count;

	for (size_t i = 0; i < count; i++) {
		const struct column *column = &picture->columns[i];
		enum paint paint = paint_of(column->thread);
		size_t width = ends && i + 1 == count ? 0 : column->width + 4;

		if (column->thread == step->thread) {
			terminal_paint(terminal, paint, "%s ",
				       terminal->utf8 ? "●" : "*");
			terminal_pad(terminal,
				     step->lost_update ? PAINT_RED : paint,
				     cell, width > 2 ? width - 2 : 0);
		} else {
			terminal_pad(terminal, paint,
				     !is_alive(column, row) ? ""
				     : terminal->utf8	    ? "│"
							    : "|",
				     width);
		}
	}
}

static void print_place(const struct picture *picture, const struct step *step)
{
	struct source_place place = {.file = step->file,
				     .function = step->function,
				     .line = step->line};
	struct buffer text = {0};

	if (has_place(step))
		words_place(&text, &place);
	if (text.length > 0)
		terminal_paint(picture->terminal, PAINT_DIM, "%s",
			       (char *)text.data);
	buffer_fini(&text);
}

static void print_row(const struct picture *picture, size_t row)
{
	const struct step *step = step_at(picture, row);
	char *cell = step_words(step, CELL_MAX);

	fprintf(picture->terminal->file, "%*" PRIu64 "  ", NUMBER_COLUMNS,
		step->number);
	if (picture->wide) {
		print_cells(picture, row, cell);
	} else {
		terminal_pad(picture->terminal, paint_of(step->thread),
			     NAME_OF(step->thread), 6);
		terminal_pad(picture->terminal,
			     step->lost_update ? PAINT_RED : PAINT_NONE, cell,
			     is_last_word(step) ? 0 : CELL_MAX + 2);
	}
	print_place(picture, step);
	if (step->lost_update)
		print_lost(picture, picture->rows[row]);
	fputc('\n', picture->terminal->file);
	free(cell);
}

static void print_gap(const struct picture *picture, uint64_t from, uint64_t to)
{
	uint64_t steps = to - from;

	if (steps > 0)
		terminal_paint(picture->terminal, PAINT_DIM, "%*s  %s\n",
			       NUMBER_COLUMNS,
			       picture->terminal->utf8 ? "⋮" : "...",
			       words_counted(steps, "step", "steps").text);
}

static void print_rows(const struct picture *picture)
{
	uint64_t expected = 0;

	for (size_t row = 0; row < picture->row_count; row++) {
		const struct step *step = step_at(picture, row);

		print_gap(picture, expected, step->number);
		print_row(picture, row);
		expected = step->number + 1;
	}
	if (picture->trace->schedule.length > expected)
		print_gap(picture, expected, picture->trace->schedule.length);
}

void interleaving_print(const struct terminal *terminal,
			const struct trace *trace, bool everything)
{
	struct picture picture = {.terminal = terminal, .trace = trace};
	size_t row_bytes;

	choose_rows(&picture, everything);
	row_bytes = picture.row_count * sizeof(*picture.rows);
	make_columns(&picture);
	begin_lines(&picture);
	choose_layout(&picture);
	print_heading(&picture);
	print_rows(&picture);
	memory_free(picture.rows, row_bytes);
	memory_free(picture.columns,
		    picture.column_capacity * sizeof(*picture.columns));
}
