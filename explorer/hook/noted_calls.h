/*
 * Calls of functions in libraries whose code announces nothing: the calls
 * themselves are noted, as accesses to what they are about.
 *
 *     call  f@plt ──> stub ──> noted_call_begins() ──> f
 *
 * Only calls that the program makes go through a stub, under a search: those of
 * the C++ library (cplusplus_calls.h) and of libc (libc_calls.h) of which
 * something is to be said. Functions that need to know what came of the call,
 * or that Explorer does in its own way, are exported instead (hook.h).
 */
#ifndef EXPLORER_HOOK_NOTED_CALLS_H
#define EXPLORER_HOOK_NOTED_CALLS_H

#include <stdint.h>

#include "hook/hook.h"

/* The arguments that are words, as the stub keeps them. */
#define CALL_WORDS 6

struct noted_call;
struct libc_call;

/* Announces what the call accesses. */
typedef void call_note(const struct noted_call *call, const uintptr_t *words,
		       uintptr_t place);

/* What of a stream a function is about. */
enum stream_part {
	STREAM_WHOLE,  /* a stream: finds its state by its table */
	STREAM_STATE,  /* a std::ios_base */
	STREAM_BUFFER, /* a std::streambuf */
};

/* What else a function of a stream accesses: what its second word points to. */
enum stream_argument {
	STREAM_ARGUMENT_NONE,
	STREAM_ARGUMENT_READ,	      /* as many characters as the third says */
	STREAM_ARGUMENT_WRITTEN,      /* the same */
	STREAM_ARGUMENT_ENDS_IN_ZERO, /* read up to there */
	STREAM_ARGUMENT_VALUE,	      /* `bytes`, written */
	STREAM_ARGUMENT_STRING_READ,  /* a std::string */
	STREAM_ARGUMENT_STRING_WRITTEN,
	STREAM_ARGUMENT_STREAM, /* another stream, written */
};

struct cplusplus_stream {
	enum stream_part part;
	enum stream_argument argument;
	uint8_t bytes; /* of a character, or of the value */
	uint8_t word;  /* where the stream is: behind the result's place? */
	bool writes;
	bool ends; /* a destructor */
};

struct noted_call {
	const char *symbol;
	void *function;
	call_note *note;		/* NULL: nothing is to be said */
	unsigned words;			/* arguments it has, at most */
	struct cplusplus_stream stream; /* for cplusplus_note_stream() */
	const struct libc_call *libc;	/* for libc_call_note() */
};

/* Nothing is known of the function: no matter where nobody else runs. */
call_note call_note_unknown;

/* A search is about to begin, and the world about to be taken as it is then:
 * puts stubs in the place of the functions. */
void noted_calls_watch(struct runtime *runtime);

#endif
