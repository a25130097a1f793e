/*
 * What is told of an access in a finding besides the access: the calls that led
 * to it, the locks held, who created its thread.
 *
 * Gathered only where every step is told of (JOB_FOLLOW): a search says what it
 * found, and the schedule is followed once more for the rest.
 */
#ifndef EXPLORER_ENGINE_DETAILS_H
#define EXPLORER_ENGINE_DETAILS_H

#include "runtime/block_calls.h"
#include "runtime/call_chain.h"

struct engine;
struct finding_entry;

#define DETAILS_LOCKS_MAX 8U

#define LOCAL_POINTERS_MAX 4U

/* Where in a frame of some thread's stack something lies: a place in the
 * function, and the offset from the frame's top; and the nearest pointers, as
 * an array of variable length is known by its pointer only. place 0: it does
 * not. */
struct local_place {
	uintptr_t place;
	int64_t offset;
	uint32_t pointer_count;
	struct frame_pointer pointers[LOCAL_POINTERS_MAX]; /* nearest first */
};

/* A lock that is held. */
struct detailed_lock {
	uintptr_t address;
	uintptr_t place; /* where it was taken */
	uint32_t op;	 /* by which */
	struct local_place local;
};

struct access_details {
	unsigned frame_count;
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned lock_count;
	struct detailed_lock locks[DETAILS_LOCKS_MAX];
	struct local_place local; /* of the address */
	uint32_t creator;	  /* number; NO_THREAD */
	uintptr_t created_at;
	struct block_frames created_calls;
};

/* Details of the accesses of the execution under way, by event. */
struct details {
	struct access_details *at;
	size_t capacity;
};

/* Where on a green stack the address lies. */
struct local_place details_local(const struct runtime *runtime,
				 uintptr_t address);

/* Completes what is told of a thread that does now what its part says: where
 * on a stack the object lies, and who called. */
struct part;
void details_complete(const struct runtime *runtime, struct part *part);

/* The thread is about to perform its pending operation as the next event. */
void details_note(struct engine *engine, const struct thread *thread);

/* A finding was seen whose parts are what these threads are about to do. */
void details_add_pending(struct engine *engine, uint32_t finding);
/* A finding was seen whose parts are these two events. */
void details_add_events(struct engine *engine, uint32_t finding, size_t a,
			size_t b);

#endif
