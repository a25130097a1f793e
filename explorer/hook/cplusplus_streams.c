/*
 * Streams of the C++ library: each call of their functions reads or writes the
 * stream's state and its buffer, as a whole. What is behind the buffer, the
 * operating system orders.
 *
 * Of the eight standard streams the library promises that threads may share
 * them, as long as they are synchronised with those of C: their buffers are
 * then such that hold nothing themselves.
 */
#include <string.h>

#include "base/own_names.h"
#include "hook/cplusplus_calls.h"
#include "runtime/memory.h"

/* Where the parts of a std::ios_base lie, and of a std::ios behind it. */
#define STATE_START 8 /* precision, width, flags, exceptions, state */
#define STATE_BYTES 28
#define BUFFER_AT   232
/* Of a std::streambuf: where it reads and writes. */
#define POINTERS_START 8
#define POINTERS_BYTES 48
/* In a stream's table: how far behind its start the std::ios lies. */
#define STATE_OFFSET (-3)

/* A std::string, as it has been since 2015. */
struct string {
	const char *text;
	size_t length;
	char here[16];
};

static uintptr_t word_at(uintptr_t address)
{
	return *(const uintptr_t *)address;
}

/* The tables of buffers that hold nothing themselves, for characters and for
 * wide ones. */
static uintptr_t shared_tables[2];

void cplusplus_find_streams(void)
{
	static const char *const names[] = {
		"_ZTVN9__gnu_cxx18stdio_sync_filebufIcSt11char_traitsIcEEE",
		"_ZTVN9__gnu_cxx18stdio_sync_filebufIwSt11char_traitsIwEEE",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uintptr_t start = (uintptr_t)hook_find_any(names[i]);

		/* Behind two words on its class. */
		shared_tables[i] = start ? start + 2 * sizeof(uintptr_t) : 0;
	}
}

static bool is_shared_buffer(uintptr_t buffer)
{
	uintptr_t table = buffer ? word_at(buffer) : 0;

	return table &&
	       (table == shared_tables[0] || table == shared_tables[1]);
}

static void touch(uintptr_t address, size_t bytes, bool writes, uintptr_t place)
{
	if (writes)
		hook_writes((void *)address, bytes, place);
	else
		hook_passes_on((const void *)address, bytes, place);
}

static void touch_buffer(uintptr_t buffer, bool writes, uintptr_t place)
{
	if (buffer && !is_shared_buffer(buffer))
		touch(buffer + POINTERS_START, POINTERS_BYTES, writes, place);
}

/* A stream whose buffer may be gone already is looked at no further. */
static void touch_stream(const struct cplusplus_stream *use, uintptr_t stream,
			 uintptr_t place)
{
	uintptr_t state = stream;
	uintptr_t buffer;

	if (use->part == STREAM_BUFFER) {
		touch_buffer(stream, use->writes, place);
		return;
	}
	if (use->part == STREAM_WHOLE)
		state += ((const uintptr_t *)word_at(stream))[STATE_OFFSET];
	buffer = use->ends ? 0 : word_at(state + BUFFER_AT);
	if (is_shared_buffer(buffer))
		return;
	touch(state + STATE_START, STATE_BYTES, use->writes, place);
	if (use->part == STREAM_WHOLE)
		touch_buffer(buffer, use->writes, place);
}

static void touch_argument(const struct cplusplus_stream *use,
			   const uintptr_t *words, uintptr_t place)
{
	uintptr_t at = words[1];
	const struct string *string = (const struct string *)at;

	switch (use->argument) {
	case STREAM_ARGUMENT_NONE:
		return;
	case STREAM_ARGUMENT_READ:
		hook_passes_on((const void *)at, words[2] * use->bytes, place);
		return;
	case STREAM_ARGUMENT_WRITTEN:
		hook_writes((void *)at, words[2] * use->bytes, place);
		return;
	case STREAM_ARGUMENT_ENDS_IN_ZERO:
		if (at && use->bytes == 1)
			hook_reads((const void *)at,
				   strlen((const char *)at) + 1, place);
		return;
	case STREAM_ARGUMENT_VALUE:
		hook_writes((void *)at, use->bytes, place);
		return;
	case STREAM_ARGUMENT_STRING_READ:
		hook_passes_on(string, sizeof(*string) / 2, place);
		hook_reads(string->text, string->length * use->bytes, place);
		return;
	case STREAM_ARGUMENT_STRING_WRITTEN:
		hook_writes((void *)at, sizeof(*string), place);
		return;
	case STREAM_ARGUMENT_STREAM:
		touch_stream(use, at, place);
		return;
	}
}

void cplusplus_note_stream(const struct noted_call *call,
			   const uintptr_t *words, uintptr_t place)
{
	const struct cplusplus_stream *use = &call->stream;

	touch_argument(use, words, place);
	touch_stream(use, words[use->word], place);
}
