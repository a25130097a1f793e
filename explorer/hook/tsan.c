/*
 * The functions that compilers call before each plain access to memory
 * (-fsanitize=thread).
 */
#include "hook/tsan.h"
#include "runtime/frame_end.h"
#include "runtime/memory.h"

/*
 * A hook's own frame, for whom the call is made: the caller's frame pointer and
 * the return address lie there, also once the hook has been left by a jump.
 */
#define FRAME ((void *const *)__builtin_frame_address(0))

/* What a hook's call looks like, for telling struct copies (copy_site.h). */
static inline struct copy_call call_of(void *const *frame, const void *address,
				       size_t bytes)
{
	return (struct copy_call){
		.return_address = frame[1],
		.stack = frame + 2,
		.frame = frame[0],
		.address = address,
		.bytes = bytes,
	};
}

static __attribute__((noinline)) bool begins_copy(struct runtime *runtime,
						  const void *address,
						  size_t bytes,
						  void *const *frame)
{
	struct copy_call call = call_of(frame, address, bytes);

	return memory_copy_begins(runtime, &call);
}

static __attribute__((noinline)) void write_or_copy(struct runtime *runtime,
						    const void *address,
						    size_t bytes,
						    void *const *frame)
{
	uintptr_t place = (uintptr_t)frame[1] - 1;

	if (!begins_copy(runtime, address, bytes, frame))
		memory_access_visible(runtime, (uintptr_t)address, bytes, true,
				      place);
}

/* Writes to memory that may be visible. The hook ends with this function, and
 * this with the next: nothing of them is left on the stack while the thread
 * waits, and it returns to the program in one go. */
static __attribute__((noinline)) void write_visible(struct runtime *runtime,
						    const void *address,
						    size_t bytes,
						    void *const *frame)
{
	if (copy_sites_know_plain(&runtime->copy_sites, frame[1]))
		memory_access_visible(runtime, (uintptr_t)address, bytes, true,
				      (uintptr_t)frame[1] - 1);
	else
		write_or_copy(runtime, address, bytes, frame);
}

#define READ_HOOK(name, size)                                                  \
	HOOK(void, name, void *address)                                        \
	{                                                                      \
		struct runtime *runtime = hook_runtime;                        \
                                                                               \
		if (runtime)                                                   \
			memory_access(runtime, (uintptr_t)address, (size),     \
				      false, PLACE);                           \
	}

#define WRITE_HOOK(name, size)                                                 \
	HOOK(void, name, void *address)                                        \
	{                                                                      \
		struct runtime *runtime = hook_runtime;                        \
                                                                               \
		if (!runtime)                                                  \
			return;                                                \
		if (visible_maybe(&runtime->visible,                           \
				  (uintptr_t)address / 8) ||                   \
		    ((size) > 8 && visible_maybe(&runtime->visible,            \
						 (uintptr_t)address / 8 + 1))) \
			write_visible(runtime, address, (size), FRAME);        \
		else                                                           \
			memory_access(runtime, (uintptr_t)address, (size),     \
				      true, PLACE);                            \
	}

#define SIZED_HOOKS(size)                                                      \
	READ_HOOK(__tsan_read##size, size)                                     \
	READ_HOOK(__tsan_unaligned_read##size, size)                           \
	READ_HOOK(__tsan_volatile_read##size, size)                            \
	READ_HOOK(__tsan_unaligned_volatile_read##size, size)                  \
	WRITE_HOOK(__tsan_write##size, size)                                   \
	WRITE_HOOK(__tsan_unaligned_write##size, size)                         \
	WRITE_HOOK(__tsan_volatile_write##size, size)                          \
	WRITE_HOOK(__tsan_unaligned_volatile_write##size, size)

SIZED_HOOKS(1)
SIZED_HOOKS(2)
SIZED_HOOKS(4)
SIZED_HOOKS(8)
SIZED_HOOKS(16)

/* clang's name for a read and a write of the same variable right after. */
#define READ_WRITE_HOOK(name, size)                                            \
	HOOK(void, name, void *address)                                        \
	{                                                                      \
		struct runtime *runtime = hook_runtime;                        \
                                                                               \
		if (!runtime)                                                  \
			return;                                                \
		memory_access(runtime, (uintptr_t)address, (size), false,      \
			      PLACE);                                          \
		memory_access(runtime, (uintptr_t)address, (size), true,       \
			      PLACE);                                          \
	}

READ_WRITE_HOOK(__tsan_read_write1, 1)
READ_WRITE_HOOK(__tsan_read_write2, 2)
READ_WRITE_HOOK(__tsan_read_write4, 4)
READ_WRITE_HOOK(__tsan_read_write8, 8)
READ_WRITE_HOOK(__tsan_read_write16, 16)

HOOK(void, __tsan_read_range, void *address, size_t bytes)
{
	struct runtime *runtime = hook_runtime;

	if (runtime)
		memory_range(runtime, (uintptr_t)address, bytes, false, PLACE);
}

HOOK(void, __tsan_write_range, void *address, size_t bytes)
{
	struct runtime *runtime = hook_runtime;
	struct copy_call call = call_of(FRAME, address, bytes);

	if (runtime && !memory_copy_begins(runtime, &call))
		memory_range(runtime, (uintptr_t)address, bytes, true, PLACE);
}

READ_HOOK(__tsan_vptr_read, sizeof(void *))

HOOK(void, __tsan_vptr_update, void **address, void *value)
{
	struct runtime *runtime = hook_runtime;

	/* Storing what is there already races with nobody. */
	if (runtime && *address != value)
		memory_access(runtime, (uintptr_t)address, sizeof(void *), true,
			      PLACE);
}

HOOK(void, __tsan_init, void)
{
}

HOOK(void, __tsan_func_entry, void *caller)
{
	(void)caller;
}

HOOK(void, __tsan_func_exit, void)
{
	struct runtime *runtime = hook_runtime;

	if (runtime && frame_end_matters(runtime, FRAME))
		frame_end_return(runtime, FRAME);
	else
		DEAD_REGISTERS_CLEAR;
}

/* --- Which functions these are, for telling struct copies */

#define ADDRESS(function) ((const void *)(uintptr_t)(function))
#define NAMES(kind)                                                            \
	ADDRESS(__tsan_##kind##1), ADDRESS(__tsan_##kind##2),                  \
		ADDRESS(__tsan_##kind##4), ADDRESS(__tsan_##kind##8),          \
		ADDRESS(__tsan_##kind##16)
#define ALL_NAMES(kind)                                                        \
	NAMES(kind), NAMES(unaligned_##kind), NAMES(volatile_##kind),          \
		NAMES(unaligned_volatile_##kind),                              \
		ADDRESS(__tsan_##kind##_range)

struct copy_hooks hook_plain_accesses(void)
{
	static const void *const reads[] = {ALL_NAMES(read)};
	static const void *const writes[] = {ALL_NAMES(write)};

	return (struct copy_hooks){
		.reads = reads,
		.reads_count = sizeof(reads) / sizeof(reads[0]),
		.writes = writes,
		.writes_count = sizeof(writes) / sizeof(writes[0]),
	};
}
