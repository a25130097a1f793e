/*
 * What is done once. See once.h.
 */
#include "runtime/once.h"

#include "runtime/announce.h"
#include "runtime/held.h"

#define NOT_BEGUN  0
#define BEGUN	   1 /* and a thread's number */
#define DONE	   2
#define STATE_BITS 2
#define STATE_MASK 3
_Static_assert((ONCE_OWNER ^ STATE_MASK) == UINT32_MAX, "all other bits");

uint32_t once_runner(uintptr_t address)
{
	int value = *(const volatile int *)address;

	return (value & STATE_MASK) == BEGUN ? (uint32_t)value >> STATE_BITS
					     : THREADS_MAX;
}

/* Touches the object first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      const pthread_once_t *control, uintptr_t place)
{
	(void)*(const volatile int *)control;
	runtime_announce_on(runtime, op, (uintptr_t)control, place);
}

ON_FIBER static void end(struct runtime *runtime, pthread_once_t *control,
			 int value, uintptr_t place)
{
	announce(runtime, OP_ONCE_END, control, place);
	held_remove(runtime, runtime->current->number, (uintptr_t)control);
	*control = value;
	runtime->current->result = 0;
}

ON_FIBER bool once_begin(struct runtime *runtime, pthread_once_t *control,
			 uintptr_t place)
{
	struct thread *thread = runtime->current;

	announce(runtime, OP_ONCE_BEGIN, control, place);
	thread->result = 0;
	if (*control & DONE)
		return false;
	*control = (int)(thread->number << STATE_BITS) | BEGUN;
	held_add(runtime, thread, &thread->pending);
	return true;
}

ON_FIBER void once_finish(struct runtime *runtime, pthread_once_t *control,
			  uintptr_t place)
{
	end(runtime, control, DONE, place);
}

ON_FIBER int once_run(struct runtime *runtime, pthread_once_t *control,
		      void (*routine)(void), uintptr_t place)
{
	if (once_begin(runtime, control, place)) {
		routine();
		once_finish(runtime, control, place);
	}
	return 0;
}

ON_FIBER void once_abandon(struct runtime *runtime, pthread_once_t *control,
			   uintptr_t place)
{
	end(runtime, control, NOT_BEGUN, place);
}
