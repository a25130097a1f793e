/*
 * Things that are learned as memory is. See thing.h.
 */
#include "runtime/thing.h"

ON_FIBER bool thing_note(struct runtime *runtime, uintptr_t address,
			 bool change, uintptr_t place)
{
	struct touches *touches = &runtime->touches;
	uint64_t key;

	if (visible_maybe(&runtime->visible, address / THING_BYTES) &&
	    visible_overlaps(&runtime->visible, address, THING_BYTES))
		return true;
	key = touch_key(address, THING_BYTES, change,
			runtime->current->context);
	if (touches->recent[touch_slot(key)] != key) {
		runtime->busy = true;
		touches_note(touches, runtime->current->context, address,
			     THING_BYTES, change);
		runtime->busy = false;
		touches->recent[touch_slot(key)] = key;
	}
	if (change)
		runtime_note_private(runtime);
	memory_count_private(runtime, place);
	return false;
}
