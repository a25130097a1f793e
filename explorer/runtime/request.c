/*
 * What a program asks of the search. See request.h.
 */
#include "runtime/request.h"

#include "runtime/announce.h"
#include "runtime/cancel.h"

/* More would not fit the list of what is possible in a state. */
#define CHOOSE_MAX 4096U

ON_FIBER uint32_t request_choose(struct runtime *runtime, uint32_t count,
				 uintptr_t place)
{
	if (count <= 1)
		return 0;
	if (count > CHOOSE_MAX)
		runtime_refuse(runtime, "explorer_choose() of more than 4096",
			       place);
	runtime_announce(runtime,
			 &(struct operation){.op = OP_CHOOSE,
					     .order = ORDER_PLAIN,
					     .alternatives = (uint16_t)count,
					     .place = place});
	return runtime->current->alternative;
}

ON_FIBER _Noreturn void request_drop(struct runtime *runtime, uintptr_t place)
{
	runtime_announce_on(runtime, OP_DROP, 0, place);
	__builtin_unreachable();
}

ON_FIBER static void begin(struct runtime *runtime, uintptr_t place)
{
	struct thread *thread = runtime->current;

	thread->section = SECTION_NONE;
	runtime_announce_on(runtime, OP_ATOMIC_SECTION, 0, place);
	thread->section = SECTION_UNBROKEN;
}

ON_FIBER void request_atomic_begin(struct runtime *runtime, uintptr_t place)
{
	if (runtime->current->sections++ == 0)
		begin(runtime, place);
}

void request_atomic_end(struct runtime *runtime)
{
	struct thread *thread = runtime->current;

	if (thread->sections > 0 && --thread->sections == 0)
		thread->section = thread->cancel_asynchronous
					  ? SECTION_ASYNCHRONOUS
					  : SECTION_NONE;
}

static bool belongs(const struct operation *operation)
{
	if (op_is_ending(operation->op))
		return false;
	switch (op_object(operation->op)) {
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
		return true;
	case OP_OBJECT_NONE:
		return operation->op == OP_SPIN;
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_RWLOCK:
	case OP_OBJECT_SPIN_LOCK:
	case OP_OBJECT_ONCE:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		return false;
	}
	return false;
}

ON_FIBER bool runtime_is_within_section(struct runtime *runtime)
{
	struct thread *thread = runtime->current;
	struct operation operation = thread->pending;

	runtime->entangled |= ENTANGLED;
	if (thread->section == SECTION_ASYNCHRONOUS) {
		cancel_any_time(runtime);
		return false;
	}
	if (!belongs(&operation)) {
		thread->section = SECTION_BROKEN;
		return false;
	}
	if (thread->section == SECTION_BROKEN) {
		begin(runtime, operation.place);
		operation_copy(&thread->pending, &operation);
	}
	return true;
}
