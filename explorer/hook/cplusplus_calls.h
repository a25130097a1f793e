/*
 * Calls of what the C++ library brings ready-made: its code announces nothing,
 * so the calls themselves are noted, as accesses to what they are about.
 *
 *     call  f@plt ──> stub ──> cplusplus_note_call() ──> f
 *
 * Only calls that the program makes go through a stub, under a search. There is
 * none for functions that threads may call as they like. Of a function that
 * nothing is known of, a call while there are other threads makes the answer
 * incomplete.
 */
#ifndef EXPLORER_HOOK_CPLUSPLUS_CALLS_H
#define EXPLORER_HOOK_CPLUSPLUS_CALLS_H

#include <stdint.h>

#include "hook/hook.h"

/* The arguments that are words, as the stub keeps them. */
#define CPLUSPLUS_WORDS 6

struct cplusplus_call;

/* Announces what the call accesses. */
typedef void cplusplus_note(const struct cplusplus_call *call,
			    const uintptr_t *words, uintptr_t place);

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

struct cplusplus_call {
	const char *symbol;
	void *function;
	cplusplus_note *note; /* NULL: the library's own business */
	unsigned words;	      /* arguments it has, at most */
	struct cplusplus_stream stream;
};

/* What is known of the function of that name. */
struct cplusplus_call cplusplus_call_known(const char *symbol);

/* Nothing is known. */
cplusplus_note cplusplus_note_unknown;
/* An object is changed, whose first word every change goes by. */
cplusplus_note cplusplus_note_object;
/* A function of a stream. */
cplusplus_note cplusplus_note_stream;

/* Finds what tells the standard streams from others. */
void cplusplus_find_streams(void);

/* The functions of containers and others, whose names say nothing of what they
 * do; NULL behind the last. */
extern const struct cplusplus_call cplusplus_containers[];

/* A search is about to begin, and the world about to be taken as it is then:
 * puts stubs in the place of the functions. */
void cplusplus_watch_calls(struct runtime *runtime);

#endif
