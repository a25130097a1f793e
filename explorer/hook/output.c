/*
 * Writing to standard output and standard error.
 *
 * Under a search each call is one operation on the descriptor: announced, then
 * formatted straight into the captured text. libc's FILE is passed by, which
 * saves an execution the pages that it would write; whatever other functions
 * leave in its buffer is moved first, so the order is kept. Other FILEs and
 * descriptors are none of our business.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hook/format.h"
#include "hook/hook.h"
#include "hook/leave.h"
#include "hook/output.h"
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
	return file == stdout	? STDOUT_FILENO
	       : file == stderr ? STDERR_FILENO
				: -1;
}

ON_FIBER struct output *hook_output(const FILE *file, uintptr_t place)
{
	int descriptor = captured(file);

	if (descriptor < 0)
		return NULL;
	system_output(hook_runtime, descriptor, place);
	output_drain(&hook_runtime->world.output);
	return &hook_runtime->world.output;
}

/* Text that is kept from the step that reads it to the one that writes it. */
#define KEPT_BYTES 1024U

static int format_into(FILE *file, const char *format, va_list arguments,
		       uintptr_t place);

/* What is written is what the strings were when they were read. */
static __attribute__((noinline)) int print_as_read(FILE *file,
						   const char *format,
						   va_list arguments,
						   uintptr_t place)
{
	/* It is there while the thread waits: nothing old is to show in it. */
	char text[KEPT_BYTES] = {0};
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
	if (captured(file) >= 0 && format_reads_shared(format, arguments))
		return print_as_read(file, format, arguments, place);
	format_announce_printf(format, arguments, place);
	return format_into(file, format, arguments, place);
}

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

/* --- Bytes and strings */

static size_t write_kept(const void *bytes, size_t length, FILE *file,
			 uintptr_t place);

static size_t write_bytes(const void *bytes, size_t length, FILE *file,
			  uintptr_t place)
{
	struct output *output;

	if (captured(file) >= 0 && length <= KEPT_BYTES &&
	    visible_overlaps(&hook_runtime->visible, (uintptr_t)bytes, length))
		return write_kept(bytes, length, file, place);
	output = hook_output(file, place);

	if (!output)
		return REAL(fwrite)(bytes, 1, length, file);
	output_add(output, bytes, length);
	return length;
}

/* As they were when they were read. */
static __attribute__((noinline)) size_t
write_kept(const void *bytes, size_t length, FILE *file, uintptr_t place)
{
	char text[KEPT_BYTES] = {0};

	memcpy(text, bytes, length);
	output_add(hook_output(file, place), text, length);
	return length;
}

EXPORT size_t fwrite(const void *restrict bytes, size_t size, size_t count,
		     FILE *restrict file)
{
	if (size == 0 || count == 0)
		return 0;
	hook_passes_on(bytes, size * count, PLACE);
	return write_bytes(bytes, size * count, file, PLACE) / size;
}

EXPORT size_t fwrite_unlocked(const void *restrict bytes, size_t size,
			      size_t count, FILE *restrict file)
{
	if (size == 0 || count == 0)
		return 0;
	hook_passes_on(bytes, size * count, PLACE);
	return write_bytes(bytes, size * count, file, PLACE) / size;
}

EXPORT int fputs(const char *restrict string, FILE *restrict file)
{
	size_t length = strlen(string);

	hook_reads(string, length + 1, PLACE);
	length = strlen(string);
	return write_bytes(string, length, file, PLACE) == length ? 1 : EOF;
}

EXPORT int fputs_unlocked(const char *restrict string, FILE *restrict file)
{
	size_t length = strlen(string);

	hook_reads(string, length + 1, PLACE);
	length = strlen(string);
	return write_bytes(string, length, file, PLACE) == length ? 1 : EOF;
}

EXPORT int puts(const char *string)
{
	size_t length;

	if (!hook_runtime)
		return REAL(puts)(string);
	hook_reads(string, strlen(string) + 1, PLACE);
	length = strlen(string);
	write_bytes(string, length, stdout, PLACE);
	output_add(&hook_runtime->world.output, "\n", 1);
	return (int)length + 1;
}

static int put(int character, FILE *file, uintptr_t place)
{
	struct output *output = hook_output(file, place);
	unsigned char byte = (unsigned char)character;

	if (!output)
		return REAL(fputc)(character, file);
	output_add(output, &byte, 1);
	return byte;
}

#define PUT_TO(name)                                                           \
	EXPORT int name(int character, FILE *file)                             \
	{                                                                      \
		return put(character, file, PLACE);                            \
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

/* --- The FILE itself: the buffers of captured ones are ours */

static int flush(FILE *file)
{
	if (captured(file) < 0)
		return REAL(fflush)(file);
	output_drain(&hook_runtime->world.output);
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

/* The descriptor stays open: what is done to it cannot be rewound. */
EXPORT int fclose(FILE *file)
{
	return captured(file) >= 0 ? flush(file) : REAL(fclose)(file);
}

static bool is_buffering(int mode)
{
	return mode == _IOFBF || mode == _IOLBF || mode == _IONBF;
}

EXPORT int setvbuf(FILE *restrict file, char *restrict buffer, int mode,
		   size_t bytes)
{
	if (captured(file) < 0)
		return REAL(setvbuf)(file, buffer, mode, bytes);
	return is_buffering(mode) ? 0 : EOF;
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
	return hook_runtime &&
	       (descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO);
}

EXPORT ssize_t write(int descriptor, const void *bytes, size_t length)
{
	leave_if_cancelled(PLACE);
	if (!is_captured_descriptor(descriptor))
		return REAL(write)(descriptor, bytes, length);
	hook_passes_on(bytes, length, PLACE);
	system_output(hook_runtime, descriptor, PLACE);
	output_drain(&hook_runtime->world.output);
	output_add(&hook_runtime->world.output, bytes, length);
	return (ssize_t)length;
}

EXPORT ssize_t writev(int descriptor, const struct iovec *parts, int count)
{
	ssize_t length = 0;

	leave_if_cancelled(PLACE);
	if (!is_captured_descriptor(descriptor) || count < 0)
		return REAL(writev)(descriptor, parts, count);
	hook_reads(parts, (size_t)count * sizeof(*parts), PLACE);
	for (int i = 0; i < count; i++)
		hook_passes_on(parts[i].iov_base, parts[i].iov_len, PLACE);
	system_output(hook_runtime, descriptor, PLACE);
	output_drain(&hook_runtime->world.output);
	for (int i = 0; i < count; i++) {
		output_add(&hook_runtime->world.output, parts[i].iov_base,
			   parts[i].iov_len);
		length += (ssize_t)parts[i].iov_len;
	}
	return length;
}

static int print_to_descriptor(int descriptor, const char *format,
			       va_list arguments, uintptr_t place)
{
	FILE *file = descriptor == STDOUT_FILENO ? stdout : stderr;

	if (!is_captured_descriptor(descriptor)) {
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
