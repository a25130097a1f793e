/*
 * A list of words that grows: the command line of a program to be started.
 *
 * It owns its words. `items` ends in NULL at any time, as execvp() wants it.
 */
#ifndef EXPLORER_CLI_ARGUMENT_LIST_H
#define EXPLORER_CLI_ARGUMENT_LIST_H

#include <stddef.h>

/* Invariants: count < capacity and items[count] is NULL, or all are zero. */
struct argument_list {
	char **items;
	size_t count;
	size_t capacity;
};

/* A zeroed struct argument_list is a valid empty one. */
void argument_list_fini(struct argument_list *list);

/* Appends a copy. */
void argument_list_add(struct argument_list *list, const char *word);
void argument_list_add_all(struct argument_list *list,
			   const struct argument_list *more);
/* Appends the words that are given, up to NULL. */
void argument_list_add_these(struct argument_list *list, ...)
	__attribute__((sentinel));

/* Appends the words of a text, which white space divides. As gcc does with a
 * response file: '...' and "..." hold a word together, and a backslash takes
 * the next character as it is, everywhere. */
void argument_list_add_words(struct argument_list *list, const char *text);

#endif
