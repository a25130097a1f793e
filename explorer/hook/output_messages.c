/*
 * libc's own messages: perror, error, warn, err, psignal, getopt.
 *
 * libc makes the text. Under a search a message is one operation on standard
 * error, and what libc writes there is captured even where it flushes. The
 * program's format is expanded before, so that a crash in it leaves nothing
 * half done; and nobody ends the process with our FILE in stderr's place.
 */
#include <err.h>
#include <errno.h>
#include <error.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/kept_errno.h"
#include "hook/hook.h"
#include "hook/output.h"

/* Announces a message and does `call`, which has libc write it. */
#define SPEAK(place, call)                                                     \
	do {                                                                   \
		struct output *output = hook_output(stderr, (place));          \
		FILE *real = output ? output_begin_message(output) : NULL;     \
                                                                               \
		call;                                                          \
		if (output)                                                    \
			output_end_message(output, real);                      \
	} while (0)

/* A format of the program's, expanded, to be freed; NULL if there is none, or
 * no memory. errno, which %m shows, stays. */
static char *expand(const char *format, va_list arguments)
{
	int saved_errno = errno;
	char *text;

	if (!format || vasprintf(&text, format, arguments) < 0)
		text = NULL;
	errno_put_back(saved_errno);
	return text;
}

EXPORT void perror(const char *string)
{
	SPEAK(PLACE, REAL(perror)(string));
}

EXPORT void psignal(int signal, const char *string)
{
	SPEAK(PLACE, REAL(psignal)(signal, string));
}

/* --- err.h */

static void say_warning(bool with_errno, const char *format, va_list arguments,
			uintptr_t place)
{
	char *text = expand(format, arguments);

	if (with_errno)
		SPEAK(place, REAL(warn)(text ? "%s" : NULL, text));
	else
		SPEAK(place, REAL(warnx)(text ? "%s" : NULL, text));
	free(text);
}

#define WARN(with_errno)                                                       \
	do {                                                                   \
		va_list arguments;                                             \
                                                                               \
		va_start(arguments, format);                                   \
		say_warning((with_errno), format, arguments, PLACE);           \
		va_end(arguments);                                             \
	} while (0)

EXPORT void warn(const char *format, ...)
{
	WARN(true);
}

EXPORT void warnx(const char *format, ...)
{
	WARN(false);
}

EXPORT void vwarn(const char *format, va_list arguments)
{
	say_warning(true, format, arguments, PLACE);
}

EXPORT void vwarnx(const char *format, va_list arguments)
{
	say_warning(false, format, arguments, PLACE);
}

EXPORT void err(int status, const char *format, ...)
{
	WARN(true);
	exit(status);
}

EXPORT void errx(int status, const char *format, ...)
{
	WARN(false);
	exit(status);
}

EXPORT void verr(int status, const char *format, va_list arguments)
{
	say_warning(true, format, arguments, PLACE);
	exit(status);
}

EXPORT void verrx(int status, const char *format, va_list arguments)
{
	say_warning(false, format, arguments, PLACE);
	exit(status);
}

/* --- error.h */

EXPORT void error(int status, int number, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = expand(format, arguments);
	va_end(arguments);
	SPEAK(PLACE, REAL(error)(0, number, "%s", text ? text : format));
	free(text);
	if (status != 0)
		exit(status);
}

/* What error_one_per_line suppresses does not end the process either. */
EXPORT void error_at_line(int status, int number, const char *file,
			  unsigned line, const char *format, ...)
{
	unsigned count;
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = expand(format, arguments);
	va_end(arguments);
	SPEAK(PLACE, (count = error_message_count,
		      REAL(error_at_line)(0, number, file, line, "%s",
					  text ? text : format)));
	free(text);
	if (status != 0 && error_message_count != count)
		exit(status);
}

/* --- getopt.h: whether they are going to say something is not known */

static int heard(int option)
{
	if (hook_runtime)
		output_drain(&hook_runtime->world.output);
	return option;
}

EXPORT int getopt(int count, char *const *arguments, const char *options)
{
	return heard(REAL(getopt)(count, arguments, options));
}

/* getopt() by the name that it has where only POSIX is asked for. */
HOOK(int, __posix_getopt, int count, char *const *arguments,
     const char *options)
{
	return heard(REAL(__posix_getopt)(count, arguments, options));
}

EXPORT int getopt_long(int count, char *const *arguments, const char *options,
		       const struct option *names, int *ret_name)
{
	return heard(
		REAL(getopt_long)(count, arguments, options, names, ret_name));
}

EXPORT int getopt_long_only(int count, char *const *arguments,
			    const char *options, const struct option *names,
			    int *ret_name)
{
	return heard(REAL(getopt_long_only)(count, arguments, options, names,
					    ret_name));
}
