/*
 * What is done to the heap's blocks and must not be. See heap_check.h.
 */
#include "runtime/heap_check.h"

static void tell(struct runtime *runtime, const struct heap_error *error)
{
	bool busy = runtime->busy;

	if (!runtime->heap_error)
		return;
	runtime->busy = true;
	runtime->heap_error(runtime->heap_error_context, error);
	runtime->busy = busy;
}

static bool is_inside(const struct heap_sight *sight)
{
	return sight->offset >= 0 &&
	       (uint64_t)sight->offset < sight->block.bytes;
}

void heap_check_tell(struct runtime *runtime, const struct thread *thread,
		     const struct operation *operation, uintptr_t address,
		     size_t bytes)
{
	struct heap_error error = {
		.thread = thread,
		.operation = *operation,
		.sight = heap_look(&runtime->world.heap, address),
	};

	error.operation.address = address;
	error.operation.bytes = bytes;
	/* No block anywhere near: memory that does not exist, and a crash. */
	if (error.sight.number == 0)
		return;
	error.kind = error.sight.block.freed && is_inside(&error.sight)
			     ? HEAP_ERROR_FREED
			     : HEAP_ERROR_BEYOND;
	tell(runtime, &error);
}

/* The loader has an allocator of its own until libc's is there, and frees its
 * blocks through whatever free() there is then. */
static bool is_of_system(const struct runtime *runtime, uintptr_t place)
{
	const struct module *module =
		modules_at(&runtime->world.modules, place);

	return module && module->system;
}

void heap_check_tell_free(struct runtime *runtime, uintptr_t address,
			  uintptr_t place)
{
	struct heap_error error = {
		.thread = runtime->current,
		.operation = {.op = OP_FREE,
			      .order = ORDER_PLAIN,
			      .address = address,
			      .bytes = 1,
			      .place = place},
	};
	const struct heap_sight *sight = &error.sight;

	if (heap_covers(address))
		error.sight = heap_look(&runtime->world.heap, address);
	if (sight->number > 0 && sight->block.freed && sight->offset == 0)
		error.kind = HEAP_ERROR_FREED_TWICE;
	else if (is_of_system(runtime, place))
		return;
	else
		error.kind = HEAP_ERROR_FREED_NO_BLOCK;
	tell(runtime, &error);
}
