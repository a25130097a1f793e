/*
 * What stands in front of the assembler. See assembler.h.
 */
#include "cli/assembler.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "symbols/assembly.h"

#define STATUS_USAGE 2

/* A piece of the text. */
struct piece_of_text {
	const char *at;
	size_t length;
};

static struct piece_of_text trim(struct piece_of_text piece)
{
	while (piece.length > 0 && isspace((unsigned char)*piece.at)) {
		piece.at++;
		piece.length--;
	}
	while (piece.length > 0 &&
	       isspace((unsigned char)piece.at[piece.length - 1]))
		piece.length--;
	return piece;
}

static bool starts_with(struct piece_of_text piece, const char *start)
{
	size_t length = strlen(start);

	return piece.length >= length && memcmp(piece.at, start, length) == 0;
}

static bool is_word(struct piece_of_text piece, const char *word)
{
	return piece.length == strlen(word) && starts_with(piece, word);
}

/* --- What an instruction does */

/* Takes the first word off the rest. */
static struct piece_of_text take_word(struct piece_of_text *rest)
{
	struct piece_of_text word = {rest->at, 0};

	while (word.length < rest->length &&
	       !isspace((unsigned char)rest->at[word.length]))
		word.length++;
	rest->at += word.length;
	rest->length -= word.length;
	*rest = trim(*rest);
	return word;
}

/* They wait, or order accesses, which under a search are in order. */
static bool only_waits(struct piece_of_text name)
{
	static const char *const names[] = {"nop",    "pause",	 "rep",
					    "repz",   "mfence",	 "lfence",
					    "sfence", "endbr64", "yield"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_word(name, names[i]))
			return true;
	return false;
}

/* The answer is not the same every time, or the control goes elsewhere. */
static bool is_unforeseen(struct piece_of_text name)
{
	static const char *const starts[] = {
		"rdrand", "rdseed", "rdpid", "call", "jmp",   "push",
		"pop",	  "int",    "in",    "out",  "xsave", "xrstor"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (starts_with(name, starts[i]))
			return !starts_with(name, "inc") &&
			       !starts_with(name, "popcnt");
	return false;
}

/* Only registers and numbers: whatever lies in memory has parentheses or is
 * called by its name. */
static bool is_in_registers(struct piece_of_text operands)
{
	bool begins = true;

	for (size_t i = 0; i < operands.length; i++) {
		char c = operands.at[i];

		if (isspace((unsigned char)c))
			continue;
		if (begins && c != '%' && c != '$')
			return false;
		if (c == '(' || c == ':')
			return false;
		begins = c == ',';
	}
	return operands.length > 0;
}

static bool is_harmless(struct piece_of_text instruction)
{
	struct piece_of_text rest = trim(instruction);
	struct piece_of_text name;

	if (rest.length == 0 || *rest.at == '#')
		return true;
	name = take_word(&rest);
	if (name.at[name.length - 1] == ':')
		return is_harmless(rest);
	if (only_waits(name))
		return rest.length == 0 || is_harmless(rest);
	return !is_unforeseen(name) && is_in_registers(rest);
}

static bool line_is_harmless(struct piece_of_text line)
{
	while (line.length > 0) {
		const char *end = memchr(line.at, ';', line.length);
		size_t length = end ? (size_t)(end - line.at) : line.length;

		if (!is_harmless((struct piece_of_text){line.at, length}))
			return false;
		length += end != NULL;
		line.at += length;
		line.length -= length;
	}
	return true;
}

/* --- The text, line by line */

/* Where the reader is. */
struct reading {
	struct buffer *notes;
	bool is_inline; /* in inline assembly, or beside it */
	bool is_noted;	/* this one */
	char line[24];	/* "" at the top level of a file, "0" behind one */
	struct piece_of_text file;
	struct piece_of_text unit; /* the file that is compiled */
};

/* What is between the first quotation mark and the last. */
static struct piece_of_text quoted(struct piece_of_text text)
{
	const char *first = memchr(text.at, '"', text.length);
	const char *last = memrchr(text.at, '"', text.length);

	return last > first ? (struct piece_of_text){first + 1,
						     (size_t)(last - first) - 1}
			    : (struct piece_of_text){"", 0};
}

/* `# 12 "queue.c" 1` begins a piece, `# 0 "" 2` ends it. Returns whether the
 * line is one of these. */
static bool read_marker(struct reading *reading, struct piece_of_text line)
{
	struct piece_of_text rest = line;
	struct piece_of_text number;

	if (!is_word(take_word(&rest), "#"))
		return false;
	number = take_word(&rest);
	if (number.length == 0 || number.length >= sizeof(reading->line) ||
	    !isdigit((unsigned char)*number.at) || rest.length == 0 ||
	    *rest.at != '"')
		return false;
	memcpy(reading->line, number.at, number.length);
	reading->line[number.length] = '\0';
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
	       (!*reading->line && starts_with(line, "."));
}

static void read_line(struct reading *reading, struct piece_of_text line)
{
	if (starts_with(line, ".file") && reading->unit.length == 0)
		reading->unit = quoted(line);
	else if (starts_with(line, "#APP"))
		enter(reading);
	else if (starts_with(line, "#NO_APP"))
		reading->is_inline = false;
	else if (reading->is_inline && !read_marker(reading, line) &&
		 !is_directive(reading, line) && !line_is_harmless(line))
		note(reading);
}

void assembler_note(const char *text, size_t length, struct buffer *ret_notes)
{
	struct reading reading = {.notes = ret_notes};

	while (length > 0) {
		const char *end = memchr(text, '\n', length);
		size_t bytes = end ? (size_t)(end - text) : length;

		read_line(&reading, trim((struct piece_of_text){text, bytes}));
		bytes += end != NULL;
		text += bytes;
		length -= bytes;
	}
}

/* --- Between the compiler and the assembler */

static bool is_source(const char *word)
{
	size_t length = strlen(word);

	return *word != '-' && length > 2 &&
	       strcmp(word + length - 2, ".s") == 0;
}

/* The word that names the text; NULL if that comes by standard input. */
static char **source_of(char **argv)
{
	char **found = NULL;

	for (char **word = argv + 1; *word; word++)
		if (is_source(*word) && strcmp(word[-1], "-o") != 0)
			found = word;
	return found;
}

static void drain(int file, struct buffer *ret_text)
{
	char piece[16384];
	ssize_t length;

	while ((length = read(file, piece, sizeof(piece))) > 0)
		buffer_put(ret_text, piece, (size_t)length);
}

/* A file in memory that holds both; -1 if there is none to be had. */
static int file_of(const struct buffer *text, const struct buffer *notes)
{
	int file = memfd_create("assembly", 0);

	if (file < 0)
		return -1;
	if (write(file, text->data, text->length) != (ssize_t)text->length ||
	    write(file, notes->data ? (const char *)notes->data : "",
		  notes->length) != (ssize_t)notes->length ||
	    lseek(file, 0, SEEK_SET) != 0) {
		close(file);
		return -1;
	}
	return file;
}

/* Gives the assembler the text with its notes, in place of what it was given:
 * a file, or standard input. */
static void substitute(char **argv)
{
	char **source = source_of(argv);
	int from = source ? open(*source, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	struct buffer text = {0};
	struct buffer notes = {0};
	int file = -1;

	if (from < 0)
		return;
	drain(from, &text);
	assembler_note((const char *)text.data, text.length, &notes);
	if (!source || notes.length > 0)
		file = file_of(&text, &notes);
	if (file >= 0 && source)
		*source = text_format("/proc/self/fd/%d", file);
	else if (file >= 0)
		dup2(file, STDIN_FILENO);
	buffer_fini(&text);
	buffer_fini(&notes);
}

/* Asked for its version it reads nothing. */
static bool reads(char **argv)
{
	for (char **word = argv + 1; *word; word++)
		if (strcmp(*word, "--version") == 0 ||
		    strcmp(*word, "-version") == 0 ||
		    strcmp(*word, "--help") == 0)
			return false;
	return true;
}

int cli_assembler(char **argv)
{
	if (reads(argv))
		substitute(argv);
	execvp("as", argv);
	complain("cannot run the assembler as: %s; it comes with the compiler",
		 strerror(errno));
	return STATUS_USAGE;
}
