/*
 * The calls that led to each heap block's allocation, and to its free; and to
 * the creation of each thread.
 *
 * Kept only while a schedule is followed from its very start, for what is told
 * of its findings; so nothing of it is ever rewound.
 */
#ifndef EXPLORER_RUNTIME_BLOCK_CALLS_H
#define EXPLORER_RUNTIME_BLOCK_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

#define BLOCK_FRAMES_MAX 24U
/* What is done to further blocks is not kept. */
#define BLOCK_CALLS_MAX ((size_t)1 << 18)

struct runtime;

/* Places in the code, the innermost first. */
struct block_frames {
	uint32_t count;
	uintptr_t places[BLOCK_FRAMES_MAX];
};

/* Of one block. */
struct block_call {
	struct block_frames allocated;
	struct block_frames freed;
};

struct block_calls {
	bool on;
	struct map known; /* address of a block -> index + 1 */
	struct block_call *at;
	size_t count;
	size_t capacity;
};

void block_calls_clear(struct block_calls *calls);

/* The running thread has just been given this block, or has freed it. */
void block_calls_allocated(struct runtime *runtime, uintptr_t block);
void block_calls_freed(struct runtime *runtime, uintptr_t block);

/* The running thread has just created this one; and what is known of that. */
struct thread;
void block_calls_create(struct runtime *runtime, const struct thread *created);
struct block_frames block_calls_created(const struct runtime *runtime,
					const struct thread *thread);

/* What is known of the block that begins there: nothing if no frames. */
struct block_call block_calls_of(const struct block_calls *calls,
				 uintptr_t block);

#endif
