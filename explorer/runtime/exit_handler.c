/*
 * Handlers of exit(). See exit_handler.h.
 */
#include "runtime/exit_handler.h"

#include "runtime/announce.h"
#include "runtime/thing.h"

ON_FIBER void exit_handler_note(struct runtime *runtime, bool change,
				uintptr_t place)
{
	const uintptr_t list = thing_address(THING_EXIT, 0);

	if (thing_note(runtime, list, change, place))
		runtime_announce_on(runtime, OP_EXIT_HANDLER, list, place);
}
