/*
 * What is told of an access in a finding besides the access: the calls that led
 * to it, the locks held, who created its thread.
 *
 * Gathered only where every step is told of (JOB_FOLLOW): a search says what it
 * found, and the schedule is followed once more for the rest.
 */
#ifndef EXPLORER_ENGINE_DETAILS_H
#define EXPLORER_ENGINE_DETAILS_H

#include "runtime/call_chain.h"

struct engine;
struct finding_entry;

#define DETAILS_LOCKS_MAX 8U

struct access_details {
	unsigned frame_count;
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned lock_count;
	uintptr_t locks[DETAILS_LOCKS_MAX];
	/* The frame of a stack that the address lies in: a place in its
	 * function, and the offset from its top. 0: none. */
	uintptr_t local_place;
	int64_t local_offset;
	uint32_t local_thread; /* number */
	uint32_t creator;      /* number; NO_THREAD */
	uintptr_t created_at;
};

/* Details of the accesses of the execution under way, by event. */
struct details {
	struct access_details *at;
	size_t capacity;
};

/* The thread is about to perform its pending operation as the next event. */
void details_note(struct engine *engine, const struct thread *thread);

/* A finding was seen whose parts are what these threads are about to do. */
void details_add_pending(struct engine *engine, uint32_t finding);
/* A finding was seen whose parts are these two events. */
void details_add_events(struct engine *engine, uint32_t finding, size_t a,
			size_t b);

#endif
