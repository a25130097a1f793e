/*
 * Which function's frame each part of the stacks was last part of, as far as
 * functions have returned: whose local variable that was, and where it ended.
 *
 * Kept only while a schedule is followed from its very start, for what is told
 * of its findings; so nothing of it is ever rewound. By units of 16 bytes: no
 * two frames share one.
 */
#ifndef EXPLORER_RUNTIME_FRAME_LOG_H
#define EXPLORER_RUNTIME_FRAME_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

#define FRAME_LOG_UNIT 16U
/* Of larger frames the upper part is kept. */
#define FRAME_LOG_BYTES_MAX ((uintptr_t)64 << 10)
/* What ends after so many frames is not kept. */
#define FRAME_LOG_MAX ((size_t)1 << 20)

struct ended_frame {
	uintptr_t place; /* in the function, of the call of its last hook */
	uintptr_t top;	 /* of the frame */
};

struct frame_log {
	bool on;
	struct map units; /* address / FRAME_LOG_UNIT -> index + 1 */
	struct ended_frame *at;
	size_t count;
	size_t capacity;
};

void frame_log_clear(struct frame_log *log);

/* That frame, from `low` up, ends. */
void frame_log_add(struct frame_log *log, const struct ended_frame *frame,
		   uintptr_t low);

/* The last frame that has ended there; place 0: not known. */
struct ended_frame frame_log_find(const struct frame_log *log,
				  uintptr_t address);

#endif
