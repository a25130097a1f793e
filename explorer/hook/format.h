/*
 * The arguments of printf and scanf that are addresses: what libc reads and
 * writes there on the program's behalf.
 */
#ifndef EXPLORER_HOOK_FORMAT_H
#define EXPLORER_HOOK_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "hook/hook.h"

/* One conversion of a format: "%-5.3ld". */
struct conversion {
	const char *start; /* of the text, at the per cent sign */
	const char *end;
	bool suppressed;  /* scanf's %*d: no argument; nor has "%%" one */
	bool allocates;	  /* scanf's %ms */
	bool width_given; /* as an argument */
	bool has_precision;
	bool precision_given;
	size_t width; /* 0: none */
	size_t precision;
	char length; /* 'H' for hh, 'h', 'l', 'q' for ll, 'L', 'j', 'z', 't' */
	char kind;   /* 'd', 's', '[' ...; 0: not understood */
};

/* The next conversion from *format on, which moves on behind it; false if
 * there is none. A scan set is skipped if `scans`. */
bool format_next(const char **format, bool scans,
		 struct conversion *ret_conversion);

/* Bytes of the number that a conversion reads into, or %n writes. */
size_t format_number_bytes(const struct conversion *conversion);

/* What printf is about to read and write of its arguments. */
ON_FIBER void format_announce_printf(const char *format, va_list arguments,
				     uintptr_t place);

/* The same of wprintf, and of the format itself. Conversions are spelt alike.
 */
ON_FIBER void format_announce_wide_printf(const wchar_t *format,
					  va_list arguments, uintptr_t place);

/* Whether printf would read strings that other threads can change, and can be
 * had to do that string by string: then it is, each with the step that reads
 * it. Returns how many bytes there are, without a null byte; `room` if there
 * are more, all of which have been announced nevertheless. */
bool format_reads_shared(const char *format, va_list arguments);
ON_FIBER size_t format_as_read(char *text, size_t room, const char *format,
			       va_list arguments, uintptr_t place);

#endif
