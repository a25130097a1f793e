/*
 * Writing to standard output and standard error: bytes, strings, and the FILEs
 * themselves.
 *
 * Under a search each call is one operation on the descriptor: announced, then
 * formatted straight into the captured text. libc's FILE is passed by, which
 * saves an execution the pages that it would write; whatever other functions
 * leave in its buffer is moved first, so the order is kept. Other FILEs and
 * descriptors are none of our business.
 */
#include "hook/output.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hook/leave.h"

/* Some of these are macros as well. */
#undef fwrite_unlocked
#undef fputs_unlocked
#undef putc
#undef putchar
#undef putc_unlocked
#undef putchar_unlocked
#undef fputc_unlocked

/* --- Bytes and strings */

/* As they were when they were read. */
static __attribute__((noinline)) size_t
write_kept(const void *bytes, size_t length, FILE *file, uintptr_t place)
{
	char text[OUTPUT_KEPT_BYTES] = {0};

	memcpy(text, bytes, length);
	output_add(hook_output(file, place), text, length);
	return length;
}

static size_t write_bytes(const void *bytes, size_t length, FILE *file,
			  uintptr_t place)
{
	struct output *output;

	if (hook_captured(file) >= 0 && length <= OUTPUT_KEPT_BYTES &&
	    visible_overlaps(&hook_runtime->visible, (uintptr_t)bytes, length))
		return write_kept(bytes, length, file, place);
	output = hook_output(file, place);
	if (!output)
		return REAL(fwrite)(bytes, 1, length, file);
	output_add(output, bytes, length);
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
	if (hook_captured(file) < 0)
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
	return hook_captured(file) >= 0 ? flush(file) : REAL(fclose)(file);
}

static bool is_buffering(int mode)
{
	return mode == _IOFBF || mode == _IOLBF || mode == _IONBF;
}

EXPORT int setvbuf(FILE *restrict file, char *restrict buffer, int mode,
		   size_t bytes)
{
	if (hook_captured(file) < 0)
		return REAL(setvbuf)(file, buffer, mode, bytes);
	return is_buffering(mode) ? 0 : EOF;
}

EXPORT void setbuf(FILE *restrict file, char *restrict buffer)
{
	if (hook_captured(file) < 0)
		REAL(setbuf)(file, buffer);
}

EXPORT void setbuffer(FILE *restrict file, char *restrict buffer, size_t bytes)
{
	if (hook_captured(file) < 0)
		REAL(setbuffer)(file, buffer, bytes);
}

EXPORT void setlinebuf(FILE *file)
{
	if (hook_captured(file) < 0)
		REAL(setlinebuf)(file);
}

/* --- Descriptors */

EXPORT ssize_t write(int descriptor, const void *bytes, size_t length)
{
	leave_if_cancelled(PLACE);
	if (hook_is_own(descriptor)) {
		errno = EBADF;
		return -1;
	}
	if (hook_runtime && hook_runtime->current)
		hook_passes_on(bytes, length, PLACE);
	if (!hook_is_captured(descriptor))
		return REAL(write)(descriptor, bytes, length);
	system_output(hook_runtime, descriptor, PLACE);
	output_drain(&hook_runtime->world.output);
	output_add(&hook_runtime->world.output, bytes, length);
	return (ssize_t)length;
}

EXPORT ssize_t writev(int descriptor, const struct iovec *parts, int count)
{
	ssize_t length = 0;

	leave_if_cancelled(PLACE);
	if (!hook_runtime || !hook_runtime->current || count < 0)
		return REAL(writev)(descriptor, parts, count);
	hook_reads(parts, (size_t)count * sizeof(*parts), PLACE);
	for (int i = 0; i < count; i++)
		hook_passes_on(parts[i].iov_base, parts[i].iov_len, PLACE);
	if (!hook_is_captured(descriptor))
		return REAL(writev)(descriptor, parts, count);
	system_output(hook_runtime, descriptor, PLACE);
	output_drain(&hook_runtime->world.output);
	for (int i = 0; i < count; i++) {
		output_add(&hook_runtime->world.output, parts[i].iov_base,
			   parts[i].iov_len);
		length += (ssize_t)parts[i].iov_len;
	}
	return length;
}
