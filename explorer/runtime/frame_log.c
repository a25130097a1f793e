/*
 * Frames that have ended. See frame_log.h.
 */
#include "runtime/frame_log.h"

#include "base/memory.h"

void frame_log_clear(struct frame_log *log)
{
	map_clear(&log->units);
	log->count = 0;
}

void frame_log_add(struct frame_log *log, const struct ended_frame *frame,
		   uintptr_t low)
{
	if (frame->top <= low || log->count == FRAME_LOG_MAX)
		return;
	if (frame->top - low > FRAME_LOG_BYTES_MAX)
		low = frame->top - FRAME_LOG_BYTES_MAX;
	memory_reserve((void **)&log->at, &log->capacity, log->count + 1,
		       sizeof(*log->at));
	log->at[log->count++] = *frame;
	for (uintptr_t unit = low / FRAME_LOG_UNIT;
	     unit * FRAME_LOG_UNIT < frame->top; unit++)
		*map_put(&log->units, unit) = log->count;
}

struct ended_frame frame_log_find(const struct frame_log *log,
				  uintptr_t address)
{
	const uint64_t *index = map_get(&log->units, address / FRAME_LOG_UNIT);

	return index ? log->at[*index - 1] : (struct ended_frame){.place = 0};
}
