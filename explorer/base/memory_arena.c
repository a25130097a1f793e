/*
 * The library's memory: an arena of its own, far from everything that the
 * program under test owns, with inaccessible pages around each large block.
 *
 * Small blocks come from lists by size class (powers of two from 16 bytes to
 * 64 KiB), carved out of slabs; larger ones are mapped one by one between
 * guard pages. No libc function that keeps state is called, and errno is not
 * written: this serves the fault handler too.
 */
#include "base/memory.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define GUARD_BYTES (64U << 10)
#define SLAB_BYTES  (1U << 20)
/* Taken from the system at a time. */
#define SEGMENTS_BYTES	(16 * MEMORY_SEGMENT_BYTES)
#define SMALL_SHIFT_MIN 4
#define SMALL_SHIFT_MAX 16
#define SMALL_CLASSES	(SMALL_SHIFT_MAX - SMALL_SHIFT_MIN + 1)

struct free_block {
	struct free_block *next;
};

/* The one piece of state of this file: malloc's interface has no parameter for
 * it, and a process has one arena. */
static struct {
	struct free_block *free[SMALL_CLASSES];
	uint8_t *slab_next;
	uint8_t *slab_end;
	struct free_block *free_segment;
	uint8_t *segment_next;
	uint8_t *segment_end;
} arena;

static _Noreturn void die_of_memory(void)
{
	static const char message[] =
		"explorer: out of memory in the program under test\n";

	/* write() itself is a hook: go by a name that is none. */
	if (pwrite(STDERR_FILENO, message, sizeof(message) - 1, 0) < 0)
		__builtin_trap();
	__builtin_trap();
}

/* Blocks of so many bytes lie in huge pages where the kernel has some: they are
 * gone through from one end to the other. */
#define HUGE_BYTES_MIN ((size_t)1 << 22)

/* Maps bytes (a multiple of a page) between two guards. */
static void *map_guarded(size_t bytes)
{
	uint8_t *all = mmap(NULL, bytes + 2 * GUARD_BYTES, PROT_NONE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (all == MAP_FAILED ||
	    mprotect(all + GUARD_BYTES, bytes, PROT_READ | PROT_WRITE) < 0)
		die_of_memory();
	/* Without huge pages it is slower, and right. */
	if (bytes >= HUGE_BYTES_MIN)
		madvise(all + GUARD_BYTES, bytes, MADV_HUGEPAGE);
	return all + GUARD_BYTES;
}

static size_t round_to_page(size_t bytes)
{
	return (bytes + 4095) & ~(size_t)4095;
}

static unsigned class_of(size_t bytes)
{
	unsigned shift = SMALL_SHIFT_MIN;

	while (((size_t)1 << shift) < bytes)
		shift++;
	return shift - SMALL_SHIFT_MIN;
}

static void *small_new(unsigned class)
{
	size_t bytes = (size_t)1 << (class + SMALL_SHIFT_MIN);
	struct free_block *block = arena.free[class];

	if (block) {
		arena.free[class] = block->next;
		return memset(block, 0, bytes);
	}
	if ((size_t)(arena.slab_end - arena.slab_next) < bytes) {
		arena.slab_next = map_guarded(SLAB_BYTES);
		arena.slab_end = arena.slab_next + SLAB_BYTES;
	}
	arena.slab_next += bytes;
	return arena.slab_next - bytes;
}

void *memory_new(size_t bytes)
{
	if (bytes == 0)
		bytes = 1;
	if (bytes <= (size_t)1 << SMALL_SHIFT_MAX)
		return small_new(class_of(bytes));
	return map_guarded(round_to_page(bytes));
}

void memory_free(void *block, size_t bytes)
{
	if (!block)
		return;
	if (bytes == 0)
		bytes = 1;
	if (bytes <= (size_t)1 << SMALL_SHIFT_MAX) {
		struct free_block *freed = block;
		unsigned class = class_of(bytes);

		freed->next = arena.free[class];
		arena.free[class] = freed;
		return;
	}
	munmap((uint8_t *)block - GUARD_BYTES,
	       round_to_page(bytes) + 2 * GUARD_BYTES);
}

void *memory_resize(void *block, size_t old_bytes, size_t new_bytes)
{
	void *grown = memory_new(new_bytes);

	if (block)
		memcpy(grown, block,
		       old_bytes < new_bytes ? old_bytes : new_bytes);
	memory_free(block, old_bytes);
	return grown;
}

/* --- Segments */

static void map_segments(void)
{
	uint8_t *all = map_guarded(SEGMENTS_BYTES + MEMORY_SEGMENT_BYTES);
	uintptr_t start = ((uintptr_t)all + MEMORY_SEGMENT_BYTES - 1) &
			  ~(uintptr_t)(MEMORY_SEGMENT_BYTES - 1);

	arena.segment_next = (uint8_t *)start;
	arena.segment_end = arena.segment_next + SEGMENTS_BYTES;
	/* Without huge pages it is slower, and right. */
	madvise(arena.segment_next, SEGMENTS_BYTES, MADV_HUGEPAGE);
}

void *memory_new_segment(void)
{
	struct free_block *segment = arena.free_segment;

	if (segment) {
		arena.free_segment = segment->next;
		return memset(segment, 0, MEMORY_SEGMENT_BYTES);
	}
	if (arena.segment_next == arena.segment_end)
		map_segments();
	arena.segment_next += MEMORY_SEGMENT_BYTES;
	return arena.segment_next - MEMORY_SEGMENT_BYTES;
}

void memory_free_segment(void *segment)
{
	struct free_block *freed = segment;

	if (!segment)
		return;
	freed->next = arena.free_segment;
	arena.free_segment = freed;
}
