/*
 * Addresses and locations. See locate.h.
 */
#include "engine/locate.h"

#include "engine/await.h"
#include "runtime/ending.h"
#include "runtime/semaphore_named.h"
#include "runtime/signals.h"
#include "runtime/thing.h"

static bool locate_tls(const struct runtime *runtime, uintptr_t address,
		       struct location *ret_location)
{
	const struct runtime_state *state = &runtime->state;

	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		uintptr_t pointer = (uintptr_t)thread->tls;

		if (pointer && address < pointer &&
		    pointer - address <= runtime->world.tls.bytes) {
			*ret_location = (struct location){
				.kind = LOCATION_TLS,
				.owner = thread->slot,
				.number = thread->number,
				.offset = pointer - address,
			};
			return true;
		}
	}
	return false;
}

struct location locate_address(const struct runtime *runtime, uintptr_t address)
{
	struct location tls;

	if (locate_tls(runtime, address, &tls))
		return tls;
	return locate_memory(runtime, address);
}

struct location locate_memory(const struct runtime *runtime, uintptr_t address)
{
	const struct modules *modules = &runtime->world.modules;
	const struct module *module = modules_at(modules, address);
	uint64_t slot = stacks_slot(address);
	const char *name = semaphore_name(address);
	struct location signals;
	struct heap_place block;

	if (name)
		return location_of_name(name);
	if (signals_locate(address, &signals))
		return signals;
	if (thing_is(address))
		return (struct location){.kind = LOCATION_THING,
					 .owner = thing_of(address),
					 .number = thing_number(address),
					 .offset = address % THING_BYTES};
	if (module)
		return (struct location){
			.kind = LOCATION_MODULE,
			.owner = (uint32_t)(module - modules->at),
			.offset = address - module->bias,
		};
	if (slot < LAYOUT_SLOTS)
		return (struct location){
			.kind = LOCATION_STACK,
			.owner = (uint32_t)slot,
			.offset = stacks_top((uint32_t)slot) - address,
		};
	if (heap_find(&runtime->world.heap, address, &block))
		return (struct location){
			.kind = LOCATION_HEAP,
			.owner = block.slot,
			.number = block.number,
			.offset = block.offset,
		};
	return (struct location){.kind = LOCATION_ABSOLUTE, .offset = address};
}

/* The thread that an operation looks at or changes. */
static struct location locate_thread(const struct runtime *runtime,
				     uintptr_t address)
{
	const struct runtime_state *state = &runtime->state;

	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].slot == thing_number(address))
			return (struct location){.kind = LOCATION_THREAD,
						 .number = i};
	return (struct location){.kind = LOCATION_NONE};
}

struct location locate_object(const struct runtime *runtime,
			      const struct operation *operation)
{
	if (operation->op == OP_OUTPUT)
		return (struct location){.kind = LOCATION_DESCRIPTOR,
					 .number = (uint32_t)operation->detail};
	if (operation->op == OP_RANDOM)
		return (struct location){.kind = LOCATION_RANDOM};
	if (operation->op == OP_CLOCK || operation->op == OP_CLOCK_SLEEP)
		return (struct location){.kind = LOCATION_CLOCK};
	if (operation->op == OP_KEY_CREATE || operation->op == OP_WATCH ||
	    operation->op == OP_EXIT_HANDLER ||
	    op_object(operation->op) == OP_OBJECT_NAME)
		return (struct location){.kind = LOCATION_NONE};
	if (op_object(operation->op) == OP_OBJECT_THREAD &&
	    thing_is(operation->address))
		return locate_thread(runtime, operation->address);
	if (operation->op == OP_AWAIT && await_address(operation) == 0)
		return (struct location){.kind = LOCATION_NONE};
	if (operation->op == OP_CRASH &&
	    operation->address == ENDING_NO_ADDRESS)
		return (struct location){.kind = LOCATION_NONE};
	if (operation->address == 0 && operation->op != OP_CRASH)
		return (struct location){.kind = LOCATION_NONE};
	return locate_address(runtime, operation->address);
}

struct code_place locate_place(const struct runtime *runtime, uintptr_t place)
{
	return modules_place(&runtime->world.modules, place);
}

static uintptr_t tls_address(const struct runtime *runtime,
			     const struct location *location)
{
	for (uint32_t i = 0; i < runtime->state.count; i++)
		if (runtime->state.threads[i].slot == location->owner)
			return (uintptr_t)runtime->state.threads[i].tls -
			       location->offset;
	return 0;
}

uintptr_t locate_back(const struct runtime *runtime,
		      const struct location *location)
{
	const struct modules *modules = &runtime->world.modules;

	switch ((enum location_kind)location->kind) {
	case LOCATION_MODULE:
		return location->owner < modules->count
			       ? modules->at[location->owner].bias +
					 location->offset
			       : 0;
	case LOCATION_STACK:
		return location->owner < LAYOUT_SLOTS
			       ? stacks_top(location->owner) - location->offset
			       : 0;
	case LOCATION_HEAP:
		return heap_address(&runtime->world.heap, location->owner,
				    location->number, location->offset);
	case LOCATION_TLS:
		return tls_address(runtime, location);
	case LOCATION_ABSOLUTE:
		return location->offset;
	case LOCATION_THING:
		return thing_address((enum thing)location->owner,
				     location->number) +
		       location->offset;
	case LOCATION_NONE:
	case LOCATION_THREAD:
	case LOCATION_DESCRIPTOR:
	case LOCATION_CLOCK:
	case LOCATION_RANDOM:
	case LOCATION_NAMED:
		return 0;
	}
	return 0;
}
