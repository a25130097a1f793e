/*
 * Uses after return: what runtime/frame_check.h sees, as findings of the
 * execution under way.
 *
 * A step is looked at as it begins. An access is one if what it accesses has
 * ended; and if the owner is just about to return, as either could come first.
 * A return makes one of each access that is pending then: whatever the owner
 * does next, in whose frames the bytes may lie again, the access is meant for
 * what is gone.
 */
#ifndef EXPLORER_ENGINE_FRAME_FINDING_H
#define EXPLORER_ENGINE_FRAME_FINDING_H

#include "engine/engine.h"
#include "runtime/frame_check.h"

/* Has the runtime tell this engine. */
void frame_finding_listen(struct engine *engine);

/* A step of this thread is about to be performed that frame_finding_concerns().
 */
void frame_finding_check(struct engine *engine, const struct thread *thread);

static inline bool frame_finding_concerns(const struct thread *thread)
{
	const struct operation *operation = &thread->pending;

	return operation->op == OP_RETURN ||
	       frame_check_concerns(thread, operation->address) ||
	       (operation->op == OP_COPY &&
		frame_check_concerns(thread, operation->source));
}

#endif
