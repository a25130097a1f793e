/*
 * malloc and its kin.
 *
 * Natively they are libc's own, by the names that libc exports for exactly this
 * purpose. Under a search the program's heap is the world's, from the very
 * first allocation of the process on, constructors' included.
 */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/kept_errno.h"
#include "hook/hook.h"
#include "hook/native_watch.h"
#include "runtime/heap_check.h"
#include "runtime/memory.h"

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);
void __libc_free(void *block);
void *__libc_memalign(size_t alignment, size_t bytes);

#define ALIGNMENT_MIN 16U
/* Blocks of these sizes are buffers, where libc allocates them itself. */
#define BUFFER_BYTES_MIN 512U
#define BUFFER_BYTES_MAX ((size_t)64 << 10)

static bool is_search(void)
{
	return hook_mode() == MODE_SEARCH;
}

/* The slot in whose name is allocated. What comes before main, constructors'
 * blocks and a copy of the environment among it, has a slot of its own: main's
 * blocks are counted from main's start. */
static uint32_t current_slot(const struct runtime *runtime)
{
	return runtime->current ? runtime->current->slot : LAYOUT_SLOT_SETUP;
}

/* Whom the next call speaks for; 0: for who makes it. */
static uintptr_t spoken_for;

void hook_speak_for(uintptr_t place)
{
	if (hook_runtime)
		spoken_for = place;
}

static uintptr_t speaks_for(uintptr_t caller)
{
	uintptr_t place = spoken_for ? spoken_for : caller;

	spoken_for = 0;
	return place;
}

/* What a new block holds. */
enum contents {
	CONTENTS_NONE,	  /* whatever: it is not to be read */
	CONTENTS_WRITTEN, /* zeros, or what is about to be copied there */
};

/* Whether the code there allocates for itself, and knows what it does. */
static bool is_of_system(const struct runtime *runtime, uintptr_t place)
{
	const struct module *module =
		modules_at(&runtime->world.modules, place);

	return !module || module->system || module->own;
}

static void *allocate(size_t bytes, size_t alignment, uintptr_t caller,
		      enum contents contents)
{
	struct runtime *runtime = hook_search();
	struct heap_place place;
	void *block;

	runtime->busy = true;
	block = heap_allocate(&runtime->world.heap, current_slot(runtime),
			      bytes, alignment, caller);
	if (block && contents == CONTENTS_NONE &&
	    runtime->world.heap.notes_unwritten &&
	    !is_of_system(runtime, caller))
		unwritten_begin(&runtime->world.heap, (uintptr_t)block, bytes);
	if (block && runtime->block_calls.on && runtime->current)
		block_calls_allocated(runtime, (uintptr_t)block);
	if (block && runtime->visible.pending_left > 0 &&
	    heap_find(&runtime->world.heap, (uintptr_t)block, &place) &&
	    visible_place_block(&runtime->visible, place.slot, place.number,
				(uintptr_t)block))
		touches_forget_recent(&runtime->touches);
	runtime->busy = false;
	if (!block)
		errno = ENOMEM;
	return block;
}

/* What libc reads files and directories into is filled by the kernel. */
static void expect_kernel(const void *block, size_t bytes, uintptr_t place)
{
	struct runtime *runtime = hook_search();
	const struct module *module;

	if (!block || bytes < BUFFER_BYTES_MIN || bytes > BUFFER_BYTES_MAX)
		return;
	module = modules_at(&runtime->world.modules, place);
	if (!module || module != modules_at(&runtime->world.modules,
					    (uintptr_t)__libc_malloc))
		return;
	runtime->busy = true;
	pages_expect(&runtime->world.pages, (uintptr_t)block, bytes);
	runtime->busy = false;
}

/* The block is about to go. */
static void announce_release(struct runtime *runtime, const void *block,
			     const struct heap_place *found, uintptr_t place)
{
	if (hook_runtime && runtime->current)
		memory_release(runtime, (uintptr_t)block, found->bytes, place);
}

/* Frees it, once it is this thread's turn to. What is no block, or was freed
 * before, is told and left alone: libc would give up. */
static void free_at_once(struct runtime *runtime, void *block, uintptr_t place)
{
	if (heap_free(&runtime->world.heap, block, current_slot(runtime),
		      place) == HEAP_FREED) {
		if (runtime->block_calls.on && runtime->current)
			block_calls_freed(runtime, (uintptr_t)block);
	} else if (runtime->current) {
		heap_check_tell_free(runtime, (uintptr_t)block, place);
	}
}

static bool is_start(const struct runtime *runtime, const void *block,
		     struct heap_place *ret_place)
{
	return heap_find(&runtime->world.heap, (uintptr_t)block, ret_place) &&
	       ret_place->offset == 0;
}

static void release(void *block, uintptr_t place)
{
	struct runtime *runtime = hook_search();
	struct heap_place found;

	if (!block)
		return;
	if (is_start(runtime, block, &found))
		announce_release(runtime, block, &found, place);
	free_at_once(runtime, block, place);
}

static void copy_unwritten(struct runtime *runtime, const void *to,
			   const void *from, size_t bytes)
{
	runtime->busy = true;
	unwritten_copy(&runtime->world.heap, (uintptr_t)to, (uintptr_t)from,
		       bytes);
	runtime->busy = false;
}

static void *reallocate(void *block, size_t bytes, uintptr_t place)
{
	struct runtime *runtime = hook_search();
	struct heap_place found;
	void *moved;
	size_t kept;

	if (!block)
		return allocate(bytes, ALIGNMENT_MIN, place, CONTENTS_NONE);
	if (bytes == 0) {
		release(block, place);
		return NULL;
	}
	if (!is_start(runtime, block, &found)) {
		free_at_once(runtime, block, place);
		return NULL;
	}
	moved = allocate(bytes, ALIGNMENT_MIN, place, CONTENTS_NONE);
	if (!moved)
		return NULL;
	/* Copying and freeing are one operation. */
	announce_release(runtime, block, &found, place);
	kept = found.bytes < bytes ? found.bytes : bytes;
	memcpy(moved, block, kept);
	if (runtime->world.heap.notes_unwritten)
		copy_unwritten(runtime, moved, block, kept);
	free_at_once(runtime, block, place);
	return moved;
}

static bool is_used_again(const void *block)
{
	struct heap_place found;

	return heap_find(&hook_search()->world.heap, (uintptr_t)block,
			 &found) &&
	       found.again;
}

static bool is_power_of_two(size_t number)
{
	return number != 0 && (number & (number - 1)) == 0;
}

void *hook_allocate(size_t bytes, uintptr_t place)
{
	return is_search()
		       ? allocate(bytes, ALIGNMENT_MIN, place, CONTENTS_WRITTEN)
		       : __libc_malloc(bytes);
}

EXPORT void *malloc(size_t bytes)
{
	void *block;

	if (!is_search())
		return __libc_malloc(bytes);
	block = allocate(bytes, ALIGNMENT_MIN, speaks_for(PLACE),
			 CONTENTS_NONE);
	expect_kernel(block, bytes, PLACE);
	return block;
}

EXPORT void *calloc(size_t count, size_t bytes)
{
	size_t all;
	void *block;

	if (!is_search())
		return __libc_calloc(count, bytes);
	if (__builtin_mul_overflow(count, bytes, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	block = allocate(all, ALIGNMENT_MIN, PLACE, CONTENTS_WRITTEN);
	/* A large block is not looked at, lest its pages come into use. */
	if (block && is_used_again(block))
		memset(block, 0, all);
	return block;
}

/* Natively: what is about to be freed may have a name. */
static void forget_block(void *block)
{
	if (block && native_watch_is_used)
		native_watch_freed((uintptr_t)block,
				   REAL(malloc_usable_size)(block));
}

static void *reallocate_natively(void *block, size_t bytes)
{
	forget_block(block);
	return __libc_realloc(block, bytes);
}

EXPORT void *realloc(void *block, size_t bytes)
{
	return is_search() ? reallocate(block, bytes, PLACE)
			   : reallocate_natively(block, bytes);
}

EXPORT void *reallocarray(void *block, size_t count, size_t bytes)
{
	size_t all;

	if (__builtin_mul_overflow(count, bytes, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	return is_search() ? reallocate(block, all, PLACE)
			   : reallocate_natively(block, all);
}

EXPORT void free(void *block)
{
	if (is_search()) {
		release(block, speaks_for(PLACE));
		return;
	}
	forget_block(block);
	__libc_free(block);
}

static void *aligned(size_t alignment, size_t bytes, uintptr_t place)
{
	if (alignment < ALIGNMENT_MIN)
		alignment = ALIGNMENT_MIN;
	return is_search() ? allocate(bytes, alignment, place, CONTENTS_NONE)
			   : __libc_memalign(alignment, bytes);
}

EXPORT void *memalign(size_t alignment, size_t bytes)
{
	return aligned(alignment, bytes, PLACE);
}

EXPORT void *aligned_alloc(size_t alignment, size_t bytes)
{
	if (!is_power_of_two(alignment)) {
		errno = EINVAL;
		return NULL;
	}
	return aligned(alignment, bytes, PLACE);
}

EXPORT int posix_memalign(void **ret_block, size_t alignment, size_t bytes)
{
	int saved_errno = errno;
	void *block;

	if (!is_power_of_two(alignment) || alignment % sizeof(void *) != 0)
		return EINVAL;
	block = aligned(alignment, bytes, PLACE);
	errno_put_back(saved_errno);
	if (!block)
		return ENOMEM;
	*ret_block = block;
	return 0;
}

EXPORT void *valloc(size_t bytes)
{
	return aligned(PAGE_BYTES, bytes, PLACE);
}

EXPORT void *pvalloc(size_t bytes)
{
	return aligned(PAGE_BYTES,
		       (bytes + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1),
		       PLACE);
}

EXPORT size_t malloc_usable_size(void *block)
{
	struct heap_place found;

	if (!block)
		return 0;
	if (!is_search())
		return REAL(malloc_usable_size)(block);
	return heap_find(&hook_search()->world.heap, (uintptr_t)block, &found)
		       ? found.bytes
		       : 0;
}
