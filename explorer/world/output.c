/*
 * Captured output. See output.h.
 */
#include "world/output.h"

#include <stdio.h>
#include <sys/types.h>

#include "base/memory.h"

#define FILE_BUFFER_BYTES ((size_t)1 << 20)
#define TEXT_BYTES_MIN	  ((size_t)4 << 10)

/* setvbuf() by the name that is not a hook of ours. */
int _IO_setvbuf(FILE *file, char *buffer, int mode, size_t bytes);

/* What a flush of the FILE for messages calls. */
static ssize_t take_message(void *output, const char *bytes, size_t length)
{
	output_add(output, bytes, length);
	return (ssize_t)length;
}

int output_init(struct output *output)
{
	FILE *files[3] = {stdout, stderr};

	output->messages = fopencookie(
		output, "w", (cookie_io_functions_t){.write = take_message});
	if (!output->messages)
		return -1;
	files[2] = output->messages;
	for (unsigned i = 0; i < 3; i++) {
		output->file_buffers[i] = memory_new(FILE_BUFFER_BYTES);
		_IO_setvbuf(files[i], (char *)output->file_buffers[i], _IOFBF,
			    FILE_BUFFER_BYTES);
	}
	output_reserve(output, TEXT_BYTES_MIN);
	return 0;
}

void output_reserve(struct output *output, size_t bytes)
{
	memory_reserve((void **)&output->text.data, &output->text.capacity,
		       output->text.length + bytes, 1);
}

static void drain(struct output *output, FILE *file)
{
	size_t length = (size_t)(file->_IO_write_ptr - file->_IO_write_base);

	if (length == 0)
		return;
	buffer_put(&output->text, file->_IO_write_base, length);
	file->_IO_write_ptr = file->_IO_write_base;
}

void output_drain(struct output *output)
{
	drain(output, stdout);
	drain(output, stderr);
}

FILE *output_begin_message(struct output *output)
{
	FILE *real = stderr;

	stderr = output->messages;
	return real;
}

void output_end_message(struct output *output, FILE *real)
{
	drain(output, output->messages);
	stderr = real;
}

void output_add(struct output *output, const void *bytes, size_t length)
{
	buffer_put(&output->text, bytes, length);
}
