/*
 * Green stacks. See stacks.h.
 */
#include "world/stacks.h"

#include <errno.h>
#include <sys/mman.h>

#include "base/kept_errno.h"

static size_t mapped_bytes(const struct stacks *stacks, uint64_t slot)
{
	return (size_t)stacks->mapped[slot] * PAGE_BYTES;
}

void *stacks_low(struct stacks *stacks, uint32_t slot, size_t bytes)
{
	int saved_errno = errno;
	size_t known = mapped_bytes(stacks, slot);
	void *low = (void *)(stacks_top(slot) - bytes);

	if (bytes <= known)
		return low;
	if (mmap(low, bytes - known, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
			 MAP_FIXED_NOREPLACE,
		 -1, 0) != low) {
		errno_put_back(saved_errno);
		return NULL;
	}
	stacks->mapped[slot] = (uint32_t)(bytes / PAGE_BYTES);
	return low;
}

bool stacks_hold(const struct stacks *stacks, uintptr_t address, size_t bytes)
{
	uint64_t slot = stacks_slot(address);

	if (slot >= LAYOUT_SLOTS)
		return false;
	return address >= stacks_top((uint32_t)slot) -
				  mapped_bytes(stacks, slot) &&
	       address < stacks_top((uint32_t)slot) &&
	       bytes <= stacks_top((uint32_t)slot) - address;
}
