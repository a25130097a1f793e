/*
 * Where a text for the assembler does what no hook sees. See assembly_notes.h.
 */
#include "cli/assembly_notes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/assembly_code.h"
#include "symbols/assembly.h"

enum writer {
	WRITER_GCC,   /* marks inline assembly, with its lines */
	WRITER_CLANG, /* marks it within functions, and lines for debuggers */
	WRITER_PERSON,
};

/* Where the reader is. */
struct reading {
	struct buffer *notes;
	struct piece_of_text text;
	enum writer writer;
	unsigned long lines; /* of a person's file so far */
	bool is_comment;     /* of a person's, over several lines */
	bool is_within;	     /* one of clang's functions */
	bool is_inline;	     /* in inline assembly, or beside it */
	bool is_noted;	     /* this one */
	char line[24];	     /* "" at the top level of a file, "0" behind one */
	struct piece_of_text file;
	struct piece_of_text unit;     /* the file that is compiled */
	struct piece_of_text location; /* what clang's last .loc says */
};

static bool has(struct piece_of_text text, const char *words)
{
	return memmem(text.at, text.length, words, strlen(words));
}

/* What is compiled with instrumentation says so; a note of who has compiled it
 * may have been left out. */
static enum writer writer_of(struct piece_of_text text)
{
	if (has(text, "# -- Begin function") || has(text, "clang version"))
		return WRITER_CLANG;
	if (has(text, "#APP") || has(text, "__tsan_init") ||
	    has(text, ".ident\t\"GCC"))
		return WRITER_GCC;
	return WRITER_PERSON;
}

/* What is between the first quotation mark and the last. */
static struct piece_of_text quoted(struct piece_of_text text)
{
	const char *first = memchr(text.at, '"', text.length);
	const char *last = memrchr(text.at, '"', text.length);

	return last > first ? (struct piece_of_text){first + 1,
						     (size_t)(last - first) - 1}
			    : (struct piece_of_text){"", 0};
}

static void set_line(struct reading *reading, struct piece_of_text number)
{
	size_t length = number.length < sizeof(reading->line)
				? number.length
				: sizeof(reading->line) - 1;

	memcpy(reading->line, number.at, length);
	reading->line[length] = '\0';
}

/* `# 12 "queue.c" 1` begins a piece, `# 0 "" 2` ends it. Returns whether the
 * line is one of these. */
static bool read_marker(struct reading *reading, struct piece_of_text line)
{
	struct piece_of_text rest = line;
	struct piece_of_text number;

	if (!piece_is_word(piece_take_word(&rest), "#"))
		return false;
	number = piece_take_word(&rest);
	if (number.length == 0 || number.length >= sizeof(reading->line) ||
	    !isdigit((unsigned char)*number.at) || rest.length == 0 ||
	    *rest.at != '"')
		return false;
	set_line(reading, number);
	reading->file = quoted(rest);
	reading->is_noted = false;
	return true;
}

static void note(struct reading *reading)
{
	if (reading->is_noted)
		return;
	reading->is_noted = true;
	if (reading->notes->length == 0)
		text_add(reading->notes,
			 "\n\t.section " ASSEMBLY_SECTION ",\"\",@progbits\n");
	text_add(reading->notes, "\t.asciz \"%.*s%s%s\"\n",
		 (int)reading->file.length, reading->file.at,
		 *reading->line ? ":" : "", reading->line);
}

/* --- What clang writes */

/* The path of `.file 1 "folder" "name"`; nothing if there is none. */
static struct piece_of_text clang_file(const struct reading *reading,
				       struct piece_of_text number)
{
	char *words =
		text_format("\t.file\t%.*s ", (int)number.length, number.at);
	const char *found = memmem(reading->text.at, reading->text.length,
				   words, strlen(words));
	struct piece_of_text line = {"", 0};
	struct piece_of_text folder;

	free(words);
	if (!found)
		return line;
	line.at = found + strlen("\t.file\t") + number.length + 1;
	line.length = strcspn(line.at, "\n");
	folder = quoted((struct piece_of_text){
		line.at, 1 + strcspn(line.at + 1, "\"") + 1});
	line.at = folder.at + folder.length + 1;
	line.length = strcspn(line.at, "\n");
	/* Of what is in the folder of the unit, the name will do. */
	return line.length > 2 ? quoted(line) : folder;
}

/* `.loc 1 12 5` stands before what was made of that line. */
static void enter_clang(struct reading *reading)
{
	struct piece_of_text rest = reading->location;
	struct piece_of_text file = piece_take_word(&rest);

	reading->is_noted = false;
	reading->line[0] = '\0';
	reading->file = reading->unit;
	if (file.length == 0 || clang_file(reading, file).length == 0)
		return;
	reading->file = clang_file(reading, file);
	set_line(reading, piece_take_word(&rest));
}

static bool is_code(struct piece_of_text line)
{
	return line.length > 0 && *line.at != '.' && *line.at != '#';
}

/* At the top level there are directives, but for what the file itself says. */
static void read_line_of_clang(struct reading *reading,
			       struct piece_of_text line)
{
	struct piece_of_text rest = line;

	if (has(line, "# -- Begin function")) {
		reading->is_within = true;
		reading->location.length = 0;
	} else if (has(line, "# -- End function")) {
		reading->is_within = false;
	} else if (piece_starts_with(line, ".loc") &&
		   piece_is_word(piece_take_word(&rest), ".loc")) {
		reading->location = rest;
	} else if (piece_starts_with(line, "#APP")) {
		reading->is_inline = true;
		enter_clang(reading);
	} else if (piece_starts_with(line, "#NO_APP")) {
		reading->is_inline = false;
	} else if (reading->is_inline && !assembly_is_harmless(line)) {
		note(reading);
	} else if (!reading->is_within && is_code(line) &&
		   !assembly_is_harmless(line)) {
		reading->is_noted = reading->is_noted && !*reading->line;
		reading->line[0] = '\0';
		reading->file = reading->unit;
		note(reading);
	}
}

/* --- What people write */

/* Returns whether the line is, or belongs to, a comment of several lines. */
static bool is_comment(struct reading *reading, struct piece_of_text line)
{
	bool was = reading->is_comment;

	if (piece_starts_with(line, "/*") || was)
		reading->is_comment = !has(line, "*/");
	return was || piece_starts_with(line, "/*") ||
	       piece_starts_with(line, "//");
}

static struct piece_of_text without_labels(struct piece_of_text line)
{
	struct piece_of_text rest = line;
	struct piece_of_text word = piece_take_word(&rest);

	if (word.length > 0 && word.at[word.length - 1] == ':')
		return without_labels(rest);
	return line;
}

/* All of it is assembly: the first line that does more is noted. */
static void read_line_of_person(struct reading *reading,
				struct piece_of_text line)
{
	char *number;
	bool was_noted = reading->is_noted;

	if (read_marker(reading, line)) {
		reading->lines = strtoul(reading->line, NULL, 10) - 1;
		reading->is_noted = was_noted;
		return;
	}
	reading->lines++;
	if (is_comment(reading, line) || !is_code(without_labels(line)) ||
	    assembly_is_harmless(line))
		return;
	number = text_format("%lu", reading->lines);
	set_line(reading, (struct piece_of_text){number, strlen(number)});
	free(number);
	note(reading);
}

/* --- What GCC writes */

static void enter(struct reading *reading)
{
	reading->is_inline = true;
	reading->is_noted = false;
	reading->line[0] = '\0';
	reading->file = reading->unit;
}

/* Behind a piece come the compiler's own directives; at the top level of a file
 * directives say what the linker is to know. */
static bool is_directive(const struct reading *reading,
			 struct piece_of_text line)
{
	return strcmp(reading->line, "0") == 0 ||
	       (!*reading->line && piece_starts_with(line, "."));
}

static void read_line_of_gcc(struct reading *reading, struct piece_of_text line)
{
	if (piece_starts_with(line, "#APP"))
		enter(reading);
	else if (piece_starts_with(line, "#NO_APP"))
		reading->is_inline = false;
	else if (reading->is_inline && !read_marker(reading, line) &&
		 !is_directive(reading, line) && !assembly_is_harmless(line))
		note(reading);
}

/* --- All of it */

static void read_line(struct reading *reading, struct piece_of_text line)
{
	if (reading->writer == WRITER_PERSON)
		read_line_of_person(reading, line);
	else if (piece_starts_with(line, ".file") && reading->unit.length == 0)
		reading->unit = quoted(line);
	else if (reading->writer == WRITER_CLANG)
		read_line_of_clang(reading, line);
	else
		read_line_of_gcc(reading, line);
}

void assembler_note(const char *file, const char *text, size_t length,
		    struct buffer *ret_notes)
{
	struct piece_of_text all = {text, length};
	struct reading reading = {.notes = ret_notes,
				  .text = all,
				  .writer = writer_of(all),
				  .file = {file, strlen(file)}};

	while (length > 0) {
		const char *end = memchr(text, '\n', length);
		size_t bytes = end ? (size_t)(end - text) : length;

		read_line(&reading,
			  piece_trim((struct piece_of_text){text, bytes}));
		bytes += end != NULL;
		text += bytes;
		length -= bytes;
	}
}
