/*
 * What stands in front of the assembler. See assembler.h.
 */
#include "cli/assembler.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "cli/assembly_notes.h"

#define STATUS_USAGE 2

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
	buffer_put(&text, "", 1);
	assembler_note(source ? *source : "", (const char *)text.data,
		       --text.length, &notes);
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
