/*
 * printf and its kin, where they write to standard output and standard error:
 * formatted straight into the captured text. See output.c.
 */
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "hook/format.h"
#include "hook/output.h"

static int format_into(FILE *file, const char *format, va_list arguments,
		       uintptr_t place)
{
	struct output *output;
	va_list again;
	size_t room;
	int written;

	output = hook_output(file, place);
	if (!output)
		return REAL(vfprintf)(file, format, arguments);
	va_copy(again, arguments);
	room = output->text.capacity - output->text.length;
	written =
		REAL(vsnprintf)((char *)output->text.data + output->text.length,
				room, format, arguments);
	if (written > 0 && (size_t)written >= room) {
		output_reserve(output, (size_t)written + 1);
		written = REAL(vsnprintf)((char *)output->text.data +
						  output->text.length,
					  (size_t)written + 1, format, again);
	}
	va_end(again);
	if (written > 0)
		output->text.length += (size_t)written;
	return written;
}

/* What is written is what the strings were when they were read. */
static __attribute__((noinline)) int print_as_read(FILE *file,
						   const char *format,
						   va_list arguments,
						   uintptr_t place)
{
	/* It is there while the thread waits: nothing old is to show in it. */
	char text[OUTPUT_KEPT_BYTES] = {0};
	size_t length =
		format_as_read(text, sizeof(text), format, arguments, place);

	if (length == sizeof(text))
		return format_into(file, format, arguments, place);
	output_add(hook_output(file, place), text, length);
	return (int)length;
}

static int print(FILE *file, const char *format, va_list arguments,
		 uintptr_t place)
{
	if (hook_captured(file) >= 0 && format_reads_shared(format, arguments))
		return print_as_read(file, format, arguments, place);
	format_announce_printf(format, arguments, place);
	return format_into(file, format, arguments, place);
}

#define PRINT_VARIADIC(file)                                                   \
	do {                                                                   \
		va_list arguments;                                             \
		int written;                                                   \
                                                                               \
		va_start(arguments, format);                                   \
		written = print((file), format, arguments, PLACE);             \
		va_end(arguments);                                             \
		return written;                                                \
	} while (0)

EXPORT int printf(const char *format, ...)
{
	PRINT_VARIADIC(stdout);
}

EXPORT int fprintf(FILE *file, const char *format, ...)
{
	PRINT_VARIADIC(file);
}

EXPORT int vprintf(const char *format, va_list arguments)
{
	return print(stdout, format, arguments, PLACE);
}

EXPORT int vfprintf(FILE *file, const char *format, va_list arguments)
{
	return print(file, format, arguments, PLACE);
}

HOOK(int, __printf_chk, int flag, const char *format, ...)
{
	(void)flag;
	PRINT_VARIADIC(stdout);
}

HOOK(int, __fprintf_chk, FILE *file, int flag, const char *format, ...)
{
	(void)flag;
	PRINT_VARIADIC(file);
}

HOOK(int, __vprintf_chk, int flag, const char *format, va_list arguments)
{
	(void)flag;
	return print(stdout, format, arguments, PLACE);
}

HOOK(int, __vfprintf_chk, FILE *file, int flag, const char *format,
     va_list arguments)
{
	(void)flag;
	return print(file, format, arguments, PLACE);
}

/* --- To descriptors */

static int print_to_descriptor(int descriptor, const char *format,
			       va_list arguments, uintptr_t place)
{
	FILE *file = descriptor == STDOUT_FILENO ? stdout : stderr;

	if (!hook_is_captured(descriptor)) {
		format_announce_printf(format, arguments, place);
		return REAL(vdprintf)(descriptor, format, arguments);
	}
	return print(file, format, arguments, place);
}

EXPORT int vdprintf(int descriptor, const char *format, va_list arguments)
{
	return print_to_descriptor(descriptor, format, arguments, PLACE);
}

EXPORT int dprintf(int descriptor, const char *format, ...)
{
	va_list arguments;
	int written;

	va_start(arguments, format);
	written = print_to_descriptor(descriptor, format, arguments, PLACE);
	va_end(arguments);
	return written;
}

HOOK(int, __vdprintf_chk, int descriptor, int flag, const char *format,
     va_list arguments)
{
	(void)flag;
	return print_to_descriptor(descriptor, format, arguments, PLACE);
}

HOOK(int, __dprintf_chk, int descriptor, int flag, const char *format, ...)
{
	va_list arguments;
	int written;

	(void)flag;
	va_start(arguments, format);
	written = print_to_descriptor(descriptor, format, arguments, PLACE);
	va_end(arguments);
	return written;
}
