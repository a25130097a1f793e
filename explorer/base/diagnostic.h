/*
 * What the command says on standard error (the command only).
 */
#ifndef EXPLORER_BASE_DIAGNOSTIC_H
#define EXPLORER_BASE_DIAGNOSTIC_H

/* Prints "explorer: MESSAGE\n" on standard error; a progress line that is on
 * the terminal is cleared first. One sentence: what, where, what to do. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* complain() without the "explorer: " prefix counted as an error: a remark. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
