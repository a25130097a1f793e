/*
 * What the command says on standard error (the command only).
 */
#ifndef EXPLORER_BASE_DIAGNOSTIC_H
#define EXPLORER_BASE_DIAGNOSTIC_H

/* Prints "explorer: MESSAGE\n" on standard error; a progress line that is on
 * the terminal is cleared first. One sentence: what, where, what to do. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same without "explorer: " in front: what is no error. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whoever draws a progress line says here how to clear it; `clear` is called
 * before each message from then on. NULL: there is no line any more. */
void diagnostic_clear_with(void (*clear)(void *context), void *context);

#endif
