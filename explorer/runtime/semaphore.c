/*
 * Unnamed semaphores. See semaphore.h.
 */
#include "runtime/semaphore.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

static unsigned *value_of(sem_t *semaphore)
{
	return (unsigned *)(void *)semaphore;
}

bool semaphore_is_positive(uintptr_t address)
{
	return *(const unsigned *)address > 0;
}

/* Touches the semaphore first: see mutex.c. */
ON_FIBER static void announce(struct runtime *runtime, enum op op,
			      sem_t *semaphore, uintptr_t place)
{
	(void)*(volatile unsigned *)value_of(semaphore);
	runtime_announce(runtime,
			 &(struct operation){.op = (uint8_t)op,
					     .order = ORDER_PLAIN,
					     .address = (uintptr_t)semaphore,
					     .place = place});
}

/* What every one of these functions returns: 0, or -1 with errno. */
ON_FIBER static int answer(struct runtime *runtime, int error)
{
	if (error)
		errno = error;
	return runtime->current->result = error ? -1 : 0;
}

ON_FIBER int semaphore_init(struct runtime *runtime, sem_t *semaphore,
			    int shared, unsigned value, uintptr_t place)
{
	(void)shared;
	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return -1;
	}
	announce(runtime, OP_SEM_INIT, semaphore, place);
	memset(semaphore, 0, sizeof(*semaphore));
	*value_of(semaphore) = value;
	return answer(runtime, 0);
}

ON_FIBER int semaphore_destroy(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place)
{
	announce(runtime, OP_SEM_DESTROY, semaphore, place);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_wait(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place)
{
	announce(runtime, OP_SEM_WAIT, semaphore, place);
	--*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_wait_until(struct runtime *runtime, sem_t *semaphore,
				  const struct deadline *deadline,
				  uintptr_t place)
{
	if (deadline->invalid)
		return answer(runtime, EINVAL);
	(void)*(volatile unsigned *)value_of(semaphore);
	runtime_announce(runtime,
			 &(struct operation){.op = OP_SEM_TIMEDWAIT,
					     .order = ORDER_PLAIN,
					     .alternatives = deadline_kind(
						     runtime, deadline),
					     .address = (uintptr_t)semaphore,
					     .place = place});
	if (runtime->current->alternative > 0)
		return answer(runtime, deadline_pass(runtime, deadline));
	--*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_trywait(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place)
{
	announce(runtime, OP_SEM_TRYWAIT, semaphore, place);
	if (*value_of(semaphore) == 0)
		return answer(runtime, EAGAIN);
	--*value_of(semaphore);
	return answer(runtime, 0);
}

/* Two posts commute unless the second one is too many: who comes second then
 * learns of it. No execution has as many steps as would be needed from here. */
static enum commuting post_commutes(const struct runtime *runtime,
				    sem_t *semaphore)
{
	return runtime->refined && *value_of(semaphore) <= SEM_VALUE_MAX / 2
		       ? COMMUTES_POSTS
		       : COMMUTES_NOT;
}

ON_FIBER int semaphore_post(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place)
{
	runtime_announce(
		runtime,
		&(struct operation){.op = OP_SEM_POST,
				    .order = ORDER_PLAIN,
				    .address = (uintptr_t)semaphore,
				    .detail = post_commutes(runtime, semaphore),
				    .place = place});
	if (*value_of(semaphore) == SEM_VALUE_MAX)
		return answer(runtime, EOVERFLOW);
	++*value_of(semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_getvalue(struct runtime *runtime, sem_t *semaphore,
				int *ret_value, uintptr_t place)
{
	announce(runtime, OP_SEM_GETVALUE, semaphore, place);
	*ret_value = (int)*value_of(semaphore);
	return answer(runtime, 0);
}
