/*
 * Atomic operations. See atomic.h.
 */
#include "runtime/atomic.h"

#include <string.h>

#include "runtime/dead_stack.h"

static enum op op_of(enum atomic_change change)
{
	switch (change) {
	case ATOMIC_LOAD:
		return OP_ATOMIC_LOAD;
	case ATOMIC_STORE:
		return OP_ATOMIC_STORE;
	case ATOMIC_COMPARE:
		return OP_ATOMIC_COMPARE;
	case ATOMIC_EXCHANGE:
	case ATOMIC_ADD:
	case ATOMIC_SUB:
	case ATOMIC_AND:
	case ATOMIC_OR:
	case ATOMIC_XOR:
	case ATOMIC_NAND:
		return OP_ATOMIC_UPDATE;
	}
	return OP_ATOMIC_UPDATE;
}

/* The value after the operation, given the one before. */
static atomic_value changed(const struct atomic_request *request,
			    atomic_value before)
{
	switch (request->change) {
	case ATOMIC_LOAD:
		return before;
	case ATOMIC_STORE:
	case ATOMIC_EXCHANGE:
		return request->operand;
	case ATOMIC_ADD:
		return before + request->operand;
	case ATOMIC_SUB:
		return before - request->operand;
	case ATOMIC_AND:
		return before & request->operand;
	case ATOMIC_OR:
		return before | request->operand;
	case ATOMIC_XOR:
		return before ^ request->operand;
	case ATOMIC_NAND:
		return ~(before & request->operand);
	case ATOMIC_COMPARE:
		return before == request->expected ? request->operand : before;
	}
	return before;
}

static __attribute__((noinline)) void
apply(struct runtime *runtime, const struct atomic_request *request,
      bool is_step)
{
	void *address = (void *)request->address;
	atomic_value before = 0;
	atomic_value after;

	memcpy(&before, address, request->bytes);
	after = changed(request, before);
	if (request->change != ATOMIC_LOAD)
		memcpy(address, &after, request->bytes);
	if (is_step)
		runtime->current->result = request->change == ATOMIC_COMPARE
						   ? before == request->expected
						   : before == after;
	else if (after != before)
		runtime_note_private(runtime);
	memcpy(runtime->found, &before, sizeof(before));
}

ON_FIBER atomic_value atomic_perform(struct runtime *runtime,
				     const struct atomic_request *request)
{
	atomic_value found;

	apply(runtime, request,
	      memory_atomic(
		      runtime,
		      &(struct atomic_access){
			      .address = request->address,
			      .bytes = request->bytes,
			      .op = op_of(request->change),
			      .order = (enum memory_order_kind)request->order,
			      .failure_order = (enum memory_order_kind)
						       request->failure_order,
			      .place = request->place,
		      }));
	/* What the values were, the program may have forgotten. */
	dead_stack_clean();
	memcpy(&found, runtime->found, sizeof(found));
	return found;
}

ON_FIBER void atomic_fence(struct runtime *runtime, int order)
{
	unsigned fences = 0;

	if (order != __ATOMIC_RELAXED && order != __ATOMIC_RELEASE)
		fences |= FENCE_ACQUIRE;
	if (order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL ||
	    order == __ATOMIC_SEQ_CST)
		fences |= FENCE_RELEASE;
	runtime->current->fences |= (uint8_t)fences;
	runtime->fenced = true;
}
