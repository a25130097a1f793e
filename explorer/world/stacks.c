/*
 * Green stacks. See stacks.h.
 */
#include "world/stacks.h"

#include <errno.h>
#include <sys/mman.h>

void *stacks_low(struct stacks *stacks, uint32_t slot)
{
	int saved_errno = errno;
	void *low = (void *)(stacks_top(slot) - STACK_BYTES);

	if (stacks->mapped[slot])
		return low;
	if (mmap(low, STACK_BYTES, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
			 MAP_FIXED_NOREPLACE,
		 -1, 0) != low) {
		errno = saved_errno;
		return NULL;
	}
	stacks->mapped[slot] = true;
	return low;
}

bool stacks_hold(const struct stacks *stacks, uintptr_t address, size_t bytes)
{
	uint64_t slot = stacks_slot(address);

	if (slot >= LAYOUT_SLOTS || !stacks->mapped[slot])
		return false;
	return address >= stacks_top((uint32_t)slot) - STACK_BYTES &&
	       address < stacks_top((uint32_t)slot) &&
	       bytes <= stacks_top((uint32_t)slot) - address;
}
