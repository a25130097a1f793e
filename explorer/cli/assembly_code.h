/*
 * What lines of assembly do, in the words of the assembler.
 */
#ifndef EXPLORER_CLI_ASSEMBLY_CODE_H
#define EXPLORER_CLI_ASSEMBLY_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of the text. */
struct piece_of_text {
	const char *at;
	size_t length;
};

/* Without what is blank at either end. */
struct piece_of_text piece_trim(struct piece_of_text piece);
bool piece_starts_with(struct piece_of_text piece, const char *start);
bool piece_is_word(struct piece_of_text piece, const char *word);
/* Takes the first word off the rest. */
struct piece_of_text piece_take_word(struct piece_of_text *rest);

/* Whether a line does no more than to wait or to compute in registers, or else
 * says nothing but a label. */
bool assembly_is_harmless(struct piece_of_text line);

#endif
