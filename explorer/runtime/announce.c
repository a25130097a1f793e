/*
 * Announcing what is not supported. See announce.h.
 */
#include "runtime/announce.h"

ON_FIBER _Noreturn void runtime_refuse(struct runtime *runtime,
				       const char *function, uintptr_t place)
{
	runtime->unsupported = function;
	runtime_announce_on(runtime, OP_UNSUPPORTED, 0, place);
	__builtin_unreachable();
}
