/*
 * Writing to standard output and standard error.
 *
 * Under a search each call is one operation on the descriptor: announced, then
 * performed by libc on its own FILE, then moved from the FILE's buffer to the
 * captured text. Other FILEs and descriptors are none of our business.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/system.h"

/* Some of these are macros as well. */
#undef fwrite_unlocked
#undef fputs_unlocked
#undef putc
#undef putchar
#undef putc_unlocked
#undef putchar_unlocked
#undef fputc_unlocked

/* The descriptor that a FILE stands for, if it is captured; else -1. */
static int captured(const FILE *file)
{
	if (!hook_runtime)
		return -1;
	return file == stdout ? STDOUT_FILENO
			      : file == stderr ? STDERR_FILENO : -1;
}

static void begin(const FILE *file, uintptr_t place)
{
	int descriptor = captured(file);

	if (descriptor >= 0)
		system_output(hook_runtime, descriptor, place);
}

static void end(const FILE *file)
{
	if (captured(file) >= 0)
		output_drain(&hook_runtime->world.output);
}

static int print(FILE *file, const char *format, va_list arguments,
		 uintptr_t place)
{
	int written;

	begin(file, place);
	written = REAL(vfprintf)(file, format, arguments);
	end(file);
	return written;
}

#define PRINT_VARIADIC(file)                                      \
	do {                                                      \
		va_list arguments;                                \
		int written;                                      \
                                                                  \
		va_start(arguments, format);                      \
		written = print((file), format, arguments, PLACE);\
		va_end(arguments);                                \
		return written;                                   \
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

/* --- Bytes and strings */

/* Large pieces bypass the FILE, whose buffer they would overflow. */
static size_t write_bytes(const void *bytes, size_t length, FILE *file,
			  uintptr_t place)
{
	begin(file, place);
	if (captured(file) >= 0 && length > OUTPUT_PIECE_BYTES)
		output_add(&hook_runtime->world.output, bytes, length);
	else
		length = REAL(fwrite)(bytes, 1, length, file);
	end(file);
	return length;
}

EXPORT size_t fwrite(const void *restrict bytes, size_t size, size_t count,
		     FILE *restrict file)
{
	if (size == 0 || count == 0)
		return 0;
	return write_bytes(bytes, size * count, file, PLACE) / size;
}

EXPORT size_t fwrite_unlocked(const void *restrict bytes, size_t size,
			      size_t count, FILE *restrict file)
{
	if (size == 0 || count == 0)
		return 0;
	return write_bytes(bytes, size * count, file, PLACE) / size;
}

EXPORT int fputs(const char *restrict string, FILE *restrict file)
{
	size_t length = strlen(string);

	return write_bytes(string, length, file, PLACE) == length ? 1 : EOF;
}

EXPORT int fputs_unlocked(const char *restrict string, FILE *restrict file)
{
	size_t length = strlen(string);

	return write_bytes(string, length, file, PLACE) == length ? 1 : EOF;
}

EXPORT int puts(const char *string)
{
	size_t length = strlen(string);
	int written;

	if (hook_runtime && length > OUTPUT_PIECE_BYTES) {
		begin(stdout, PLACE);
		output_add(&hook_runtime->world.output, string, length);
		output_add(&hook_runtime->world.output, "\n", 1);
		return 1;
	}
	begin(stdout, PLACE);
	written = REAL(puts)(string);
	end(stdout);
	return written;
}

static int put(int character, FILE *file, uintptr_t place)
{
	int written;

	begin(file, place);
	written = REAL(fputc)(character, file);
	end(file);
	return written;
}

#define PUT_TO(name)                                  \
	EXPORT int name(int character, FILE *file)    \
	{                                             \
		return put(character, file, PLACE);   \
	}

PUT_TO(putc)
PUT_TO(fputc)
PUT_TO(putc_unlocked)
PUT_TO(fputc_unlocked)

HOOK(int, _IO_putc, int character, FILE *file)
{
	return put(character, file, PLACE);
}

EXPORT int putchar(int character)
{
	return put(character, stdout, PLACE);
}

EXPORT int putchar_unlocked(int character)
{
	return put(character, stdout, PLACE);
}

EXPORT void perror(const char *string)
{
	begin(stderr, PLACE);
	REAL(perror)(string);
	end(stderr);
}

/* --- The FILE itself: the buffers of captured ones are ours */

static int flush(FILE *file)
{
	if (captured(file) < 0)
		return REAL(fflush)(file);
	end(file);
	return 0;
}

EXPORT int fflush(FILE *file)
{
	if (hook_runtime && !file)
		output_drain(&hook_runtime->world.output);
	return flush(file);
}

EXPORT int fflush_unlocked(FILE *file)
{
	return flush(file);
}

EXPORT int setvbuf(FILE *restrict file, char *restrict buffer, int mode,
		   size_t bytes)
{
	return captured(file) >= 0 ? 0
				   : REAL(setvbuf)(file, buffer, mode, bytes);
}

EXPORT void setbuf(FILE *restrict file, char *restrict buffer)
{
	if (captured(file) < 0)
		REAL(setbuf)(file, buffer);
}

EXPORT void setbuffer(FILE *restrict file, char *restrict buffer, size_t bytes)
{
	if (captured(file) < 0)
		REAL(setbuffer)(file, buffer, bytes);
}

EXPORT void setlinebuf(FILE *file)
{
	if (captured(file) < 0)
		REAL(setlinebuf)(file);
}

/* --- Descriptors */

static bool is_captured_descriptor(int descriptor)
{
	return hook_runtime && (descriptor == STDOUT_FILENO ||
				descriptor == STDERR_FILENO);
}

EXPORT ssize_t write(int descriptor, const void *bytes, size_t length)
{
	if (!is_captured_descriptor(descriptor))
		return REAL(write)(descriptor, bytes, length);
	system_output(hook_runtime, descriptor, PLACE);
	output_add(&hook_runtime->world.output, bytes, length);
	return (ssize_t)length;
}

static int print_to_descriptor(int descriptor, const char *format,
			       va_list arguments, uintptr_t place)
{
	FILE *file = descriptor == STDOUT_FILENO ? stdout : stderr;

	if (!is_captured_descriptor(descriptor))
		return REAL(vdprintf)(descriptor, format, arguments);
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
