/*
 * What state.c and state_look.c share: the levels of a path over states, and
 * the shadows of what they are made of.
 */
#ifndef EXPLORER_ENGINE_STATE_PARTS_H
#define EXPLORER_ENGINE_STATE_PARTS_H

#include <stddef.h>

#include "engine/state.h"
#include "engine/symmetry.h"

#define HEADER_BYTES offsetof(struct runtime_state, live)

/* Of what is no memory, beside each level of memory. */
struct state_level {
	size_t mark;
	struct digest digest; /* of the whole state */
	struct digest shadow;
	struct digest rest; /* of what is no memory, but for the ending */
	struct digest output;
	size_t output_length;
	uint64_t clock_ns;
	uint64_t clock_seen; /* 0 as long as nobody can tell what time it is */
	int64_t input_offset;
};

/* What a thread is, as far as it is no bytes that stay what they are: of these
 * its digest counts what can make a difference, beside what `mask` leaves. */
struct thread_traits {
	uint64_t signalled;
	uint64_t joining; /* slot */
	uint64_t polls;	  /* since when it polls */
	uint64_t copies;  /* where to */
};

/* Which of a thread's bytes count. */
enum thread_kind { KIND_LIVE, KIND_ENDED, KIND_JOINED, THREAD_KINDS };

#define THREAD_LINES (sizeof(struct thread) / LINE_BYTES)
#define THREAD_ALL   (((uint64_t)1 << THREAD_LINES) - 1)
_Static_assert(sizeof(struct thread) % LINE_BYTES == 0,
	       "threads follow each other by whole lines");

/* Of a thread: what it adds to the digest of the state. */
struct thread_shadow {
	struct thread_traits traits;
	struct thread_traits traits_known;
	struct digest digests[THREAD_LINES];
	struct digest traits_digest;
};

/* A part of the runtime's state that counts as a whole. */
struct piece_value {
	struct digest digest;
	uint64_t bytes;
};
struct piece_shadow {
	struct piece_value now;
	struct piece_value known;
	size_t most; /* bytes that it ever had */
};

struct states {
	struct state_options options;
	struct shadow shadow;
	struct thread masks[THREAD_KINDS];
	uint8_t header_mask[HEADER_BYTES];
	/* Shadows of the runtime's state. */
	struct runtime_state *known;
	struct thread_shadow *threads; /* by number */
	struct digest header;
	struct piece_shadow pieces[RUNTIME_PIECES];
	/* The topmost is where the world was looked at last, until it is kept:
	 * levels[count]. */
	struct state_level *levels;
	size_t count;
	size_t capacity;
	bool looked;		   /* the step that was begun was looked at */
	struct symmetry *symmetry; /* NULL: threads are themselves */
};

/* Keys of what lies nowhere: digests tell them from addresses. */
enum { KEY_HEADER = 1, KEY_PIECES = 4096, KEY_THREADS = 1 << 20 };
#define KEY_TRAITS (UINT64_C(1) << 40)

/* Looks at what the step under way, or the last one, has changed: the topmost
 * level is then what the world is. */
void state_look(struct states *states, struct engine *engine);

/* How an execution has ended; and of which thread, that is behind its slot. */
struct digest state_ending_digest(const struct engine *engine);

/* Whether what is no memory is as it was at the level below. */
bool state_rest_is_same(const struct state_level *level,
			const struct state_level *below);

#endif
