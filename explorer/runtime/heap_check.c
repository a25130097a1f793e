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

static bool reads(enum op op)
{
	return op == OP_READ || op == OP_ATOMIC_LOAD ||
	       op == OP_ATOMIC_UPDATE || op == OP_ATOMIC_COMPARE;
}

static bool writes(enum op op)
{
	return op == OP_WRITE || op == OP_ATOMIC_STORE ||
	       op == OP_ATOMIC_UPDATE || op == OP_ATOMIC_COMPARE;
}

/* The compiler reads whole structs by eight bytes, padding and all, where it
 * passes them on: only of what is all unwritten it can be said that somebody
 * wants to know it. It reads no larger numbers; long double has padding. libc
 * reads byte by byte. */
static bool is_unwritten(struct heap *heap, const struct operation *operation)
{
	size_t count =
		unwritten_count(heap, operation->address, operation->bytes);

	if (operation->detail == HEAP_READ_BY_LIBC)
		return count > 0;
	return count == operation->bytes && count <= sizeof(uint64_t);
}

ON_FIBER static void check_contents(struct runtime *runtime,
				    const struct operation *operation)
{
	struct heap *heap = &runtime->world.heap;
	uintptr_t address = operation->address;
	size_t bytes = operation->bytes;

	if (!heap_allows(heap, address, bytes))
		return;
	if (reads(operation->op) && is_unwritten(heap, operation)) {
		tell(runtime,
		     &(struct heap_error){.kind = HEAP_ERROR_UNWRITTEN,
					  .thread = runtime->current,
					  .operation = *operation,
					  .sight = heap_look(heap, address)});
		/* Said once: what is made of it is no news. */
		unwritten_end(heap, address, bytes);
	}
	if (writes(operation->op))
		unwritten_end(heap, address, bytes);
}

ON_FIBER void heap_check_contents(struct runtime *runtime,
				  const struct operation *operation)
{
	if (!heap_covers(operation->address))
		return;
	runtime->busy = true;
	check_contents(runtime, operation);
	runtime->busy = false;
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
