/*
 * What lines of assembly do. See assembly_code.h.
 */
#include "cli/assembly_code.h"

#include <ctype.h>
#include <string.h>

struct piece_of_text piece_trim(struct piece_of_text piece)
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

bool piece_starts_with(struct piece_of_text piece, const char *start)
{
	size_t length = strlen(start);

	return piece.length >= length && memcmp(piece.at, start, length) == 0;
}

bool piece_is_word(struct piece_of_text piece, const char *word)
{
	return piece.length == strlen(word) && piece_starts_with(piece, word);
}

/* --- What an instruction does */

struct piece_of_text piece_take_word(struct piece_of_text *rest)
{
	struct piece_of_text word = {rest->at, 0};

	while (word.length < rest->length &&
	       !isspace((unsigned char)rest->at[word.length]))
		word.length++;
	rest->at += word.length;
	rest->length -= word.length;
	*rest = piece_trim(*rest);
	return word;
}

/* They wait, or order accesses, which under a search are in order; or return to
 * who called. */
static bool only_waits(struct piece_of_text name)
{
	static const char *const names[] = {
		"nop",	  "pause",  "rep",     "repz",	"mfence",
		"lfence", "sfence", "endbr64", "yield", "ret"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (piece_is_word(name, names[i]))
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
		if (piece_starts_with(name, starts[i]))
			return !piece_starts_with(name, "inc") &&
			       !piece_starts_with(name, "popcnt");
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
	struct piece_of_text rest = piece_trim(instruction);
	struct piece_of_text name;

	if (rest.length == 0 || *rest.at == '#')
		return true;
	name = piece_take_word(&rest);
	if (name.at[name.length - 1] == ':')
		return is_harmless(rest);
	if (only_waits(name))
		return rest.length == 0 || is_harmless(rest);
	return !is_unforeseen(name) && is_in_registers(rest);
}

bool assembly_is_harmless(struct piece_of_text line)
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
