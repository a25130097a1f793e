/*
 * Where the program's memory lies under the search: at fixed places, so that
 * the same schedule gives the same bytes in every process.
 *
 *     LAYOUT_HEAP     slot 0: 8 GiB | slot 1: 8 GiB | ...    blocks of malloc
 *     LAYOUT_BLOCKS   slot 0: 1 GiB | ...                    what they are
 *     LAYOUT_UNWRITTEN
 *                     slot 0: 1 GiB | ...            see world/unwritten.h
 *     LAYOUT_STACKS   slot 0: 256 MiB | ...                  green stacks
 *     LAYOUT_VALUES   slot 0: 16 KiB | ...                   thread-specific
 *     LAYOUT_NAMED    named semaphores (runtime/semaphore_named.h)
 *     LAYOUT_SIGNALS  signals that are pending (runtime/signals.h)
 *     LAYOUT_THINGS   nothing: numbers for what is learned as memory is
 *                     (runtime/thing.h)
 *
 * A slot belongs to one thread, and which one is a function of the thread's
 * identity (its creator, and how many that one had created before), never of
 * the interleaving.
 */
#ifndef EXPLORER_WORLD_LAYOUT_H
#define EXPLORER_WORLD_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#define LAYOUT_SLOTS 4096U
/* main's k-th child has slot k below this; children of others come after. */
#define LAYOUT_SLOTS_DIRECT 1024U
/* Of no thread: what the process allocates before main starts. */
#define LAYOUT_SLOT_SETUP (LAYOUT_SLOTS - 1)

#define LAYOUT_HEAP	   ((uintptr_t)0x100000000000)
#define LAYOUT_HEAP_SHIFT  33
#define LAYOUT_BLOCKS	   ((uintptr_t)0x300000000000)
#define LAYOUT_BLOCK_SHIFT 30
#define LAYOUT_UNWRITTEN   ((uintptr_t)0x340000000000)
#define LAYOUT_STACKS	   ((uintptr_t)0x400000000000)
#define LAYOUT_STACK_SHIFT 28
#define LAYOUT_VALUES	   ((uintptr_t)0x500000000000)
#define LAYOUT_VALUE_SHIFT 14
#define LAYOUT_NAMED	   ((uintptr_t)0x540000000000)
#define LAYOUT_SIGNALS	   ((uintptr_t)0x560000000000)
#define LAYOUT_THINGS	   ((uintptr_t)0x580000000000)

#define PAGE_BYTES 4096U

/* Whether the address lies in the heaps or the stacks, or what is between. */
static inline bool layout_is_dynamic(uintptr_t address)
{
	return address - LAYOUT_HEAP < LAYOUT_VALUES - LAYOUT_HEAP;
}

/* The slot whose part of the area at `base` holds address; LAYOUT_SLOTS or
 * more if none does. */
static inline uint64_t layout_slot(uintptr_t address, uintptr_t base,
				   unsigned shift)
{
	return (address - base) >> shift;
}

#endif
