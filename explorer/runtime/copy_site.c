/*
 * Walks the code from a write hook's return to the next call.
 */
#include "runtime/copy_site.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "runtime/instruction.h"

enum {
	/* Further than any address computation goes. */
	INSTRUCTIONS_MAX = 256,
	SITES_MIN = 256,
};

static bool contains(const void *const *functions, size_t count,
		     const void *function)
{
	for (size_t i = 0; i < count; i++) {
		if (functions[i] == function)
			return true;
	}
	return false;
}

/* Where a call of `target` ends up: stubs of the procedure linkage table are
 * `jmp *slot(%rip)`, after an endbr64 and a bnd prefix or not. */
static const uint8_t *follow_stub(const uint8_t *target)
{
	static const uint8_t endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};
	const uint8_t *at = target;
	const uint8_t *function;
	int32_t offset;

	if (memcmp(at, endbr64, sizeof endbr64) == 0)
		at += sizeof endbr64;
	if (at[0] == 0xf2)
		at++;
	if (at[0] != 0xff || at[1] != 0x25)
		return target;
	memcpy(&offset, at + 2, sizeof offset);
	memcpy(&function, at + 6 + offset, sizeof function);
	return function;
}

/* Can this store be a spill, because it goes to another part of the stack than
 * what the hook has announced? frame is NULL if not known any more. */
static bool stores_elsewhere(const struct instruction *store,
			     const struct copy_call *call, const void *frame)
{
	const void *base = store->base == INSTRUCTION_BASE_STACK   ? call->stack
			   : store->base == INSTRUCTION_BASE_FRAME ? frame
								   : NULL;

	if (base == NULL)
		return false;

	uintptr_t low = (uintptr_t)base + (uintptr_t)store->displacement;
	uintptr_t announced = (uintptr_t)call->address;
	return low + store->bytes <= announced ||
	       announced + call->bytes <= low;
}

/* Follows the code from the call on, past further write hooks, to a read hook
 * with the announced write still undone. */
static bool reaches_read(const struct copy_hooks *hooks,
			 const struct copy_call *call)
{
	const uint8_t *at = call->return_address;
	const void *frame = call->frame;
	struct instruction next;
	bool in_chain = false;

	for (int i = 0; i < INSTRUCTIONS_MAX; i++, at += next.length) {
		if (!instruction_decode(at, &next))
			return false;
		if (next.effect == INSTRUCTION_STORES) {
			/* What a further hook announces is not known yet. */
			if (in_chain || !stores_elsewhere(&next, call, frame))
				return false;
		} else if (next.effect == INSTRUCTION_CALLS) {
			const void *callee = follow_stub(next.target);

			if (contains(hooks->reads, hooks->reads_count, callee))
				return true;
			if (contains(hooks->writes, hooks->writes_count,
				     callee))
				in_chain = true;
			else if (!contains(hooks->transparent,
					   hooks->transparent_count, callee))
				return false;
		}
		if (next.changes_frame)
			frame = NULL;
	}
	return false;
}

void copy_sites_init(struct copy_sites *sites, const struct copy_hooks *hooks)
{
	*sites = (struct copy_sites){.hooks = *hooks};
}

void copy_sites_fini(struct copy_sites *sites)
{
	memory_free(sites->sites, sites->capacity * sizeof *sites->sites);
	*sites = (struct copy_sites){0};
}

/* The place of `return_address`, taken or free. */
static struct copy_site *find(const struct copy_sites *sites,
			      const void *return_address)
{
	uint64_t hash = (uintptr_t)return_address * 0x9e3779b97f4a7c15;
	size_t i = (size_t)(hash >> 32) & (sites->capacity - 1);

	while (sites->sites[i].return_address != NULL &&
	       sites->sites[i].return_address != return_address)
		i = (i + 1) & (sites->capacity - 1);
	return &sites->sites[i];
}

/* Makes room for one more, leaving at least half of the places free. */
static void grow(struct copy_sites *sites)
{
	struct copy_sites larger = *sites;

	if (2 * (sites->count + 1) <= sites->capacity)
		return;
	larger.capacity =
		sites->capacity == 0 ? SITES_MIN : 2 * sites->capacity;
	larger.sites = memory_new(larger.capacity * sizeof *larger.sites);
	for (size_t i = 0; i < sites->capacity; i++) {
		const struct copy_site *site = &sites->sites[i];

		if (site->return_address != NULL)
			*find(&larger, site->return_address) = *site;
	}
	memory_free(sites->sites, sites->capacity * sizeof *sites->sites);
	*sites = larger;
}

bool copy_sites_decide(struct copy_sites *sites, const struct copy_call *call)
{
	uintptr_t address = (uintptr_t)call->return_address;
	struct copy_site *site;

	assert(call->return_address != NULL);
	grow(sites);
	site = find(sites, call->return_address);
	if (site->return_address == NULL) {
		site->return_address = call->return_address;
		site->begins_copy = reaches_read(&sites->hooks, call);
		sites->count++;
	}
	if (!site->begins_copy)
		sites->plain[(address ^ address >> 8) % PLAIN_SITES_MAX] =
			call->return_address;
	return site->begins_copy;
}
