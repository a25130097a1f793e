/*
 * What the command says on standard error.
 */
#include "base/diagnostic.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Standard error is one for the whole process, and so is the line on it. */
static struct {
	void (*clear)(void *context);
	void *context;
} progress_line;

void diagnostic_clear_with(void (*clear)(void *context), void *context)
{
	progress_line.clear = clear;
	progress_line.context = context;
}

/* The whole message goes out under one lock: a line is never torn. */
static void say(const char *prefix, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

static void say(const char *prefix, const char *format, va_list arguments)
{
	if (progress_line.clear)
		progress_line.clear(progress_line.context);
	/* Results that were printed earlier come earlier on a terminal, too. */
	fflush(stdout);
	flockfile(stderr);
	fputs(prefix, stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	funlockfile(stderr);
}

void complain(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say("explorer: ", format, arguments);
	va_end(arguments);
}

void remark(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say("", format, arguments);
	va_end(arguments);
}
