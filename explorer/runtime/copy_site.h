/*
 * Struct copies: the one place where the instrumentation announces accesses
 * that do not follow at once.
 *
 *     x = y;                            s = t;
 *
 *     call __tsan_read4(&y)             call __tsan_write_range(&s, n)
 *     load y                            call __tsan_read_range(&t, n)
 *     call __tsan_write4(&x)            load t, store s, load t, store s ...
 *     store x
 *
 * Whoever steps from hook to hook would take the write on the right for done
 * when the read hook is called, and let other threads run before a single byte
 * of s has changed. In truth `s = t` is one operation, which reads and
 * writes.
 *
 * What gcc does (12.2, at -O0, -Og and -O2; all of it is tested):
 *  - A copy is exactly one write hook, then exactly one read hook, then the
 *    copying, whatever the size: __tsan_write1, 2, 4, 8, 16 for structs and
 *    unions of these sizes, __tsan_write_range for all others and for packed
 *    ones. The same holds for arrays of structs, nested structs, bit-field
 *    structs, `volatile`, thread-local ones, struct va_arg, and memcpy of a
 *    constant size that the compiler turns into an assignment. `a = b = c` is
 *    two such copies, one after the other.
 *  - memcpy of 1, 2, 4, 8 or 16 bytes, scalars, pointers, _Complex, long
 *    double, __int128 and bit-fields are read, loaded, written, stored.
 *  - A compound literal or an initialiser is a sequence of write hooks, each
 *    with its store. A struct returned from a call and stored, and a struct
 *    passed by value, have no hook on that side.
 *  - Between the two hooks of a copy stand only the source's address being
 *    worked out: moves, lea, additions, multiplications, loads of pointers and
 *    indices, and where registers run out, spills to the stack.
 *
 * Why the decision is sound: a call may look at any memory whose address has
 * been given away, and the hook has just been given this one. So the compiler
 * has to place the announced store before the next call, unless the next
 * call is part of the same statement. If there is no store between them that
 * could be the announced one, the write is still to come: it is a copy. A
 * store through any pointer or to any global could be the announced one. One
 * to a place in the stack frame is compared with the announced bytes; those
 * that differ are spills. An instruction that is not understood decides for
 * "no copy", and so does a jump.
 *
 * Calls are followed through procedure linkage stubs to the function that they
 * lead to, which must be bound already: programs are linked with -z now.
 */
#ifndef EXPLORER_RUNTIME_COPY_SITE_H
#define EXPLORER_RUNTIME_COPY_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Functions by what their call means. The arrays are the caller's and outlive
 * the copy_sites. */
struct copy_hooks {
	/* Announce plain reads and writes, ranges included. */
	const void *const *reads;
	size_t reads_count;
	const void *const *writes;
	size_t writes_count;
	/* Called by the compiler in the course of working out an address, and
	 * known to it to touch nothing: __tls_get_addr. */
	const void *const *transparent;
	size_t transparent_count;
};

/* A hook that has been called, as it looks to itself. */
struct copy_call {
	/* __builtin_return_address(0) of the hook. */
	const void *return_address;
	/* The stack pointer once the hook has returned to it:
	 * __builtin_dwarf_cfa() of the hook. */
	const void *stack;
	/* The caller's frame pointer, which the hook has saved:
	 * *(void **)__builtin_frame_address(0) of a hook compiled with
	 * -fno-omit-frame-pointer. Need not point to a frame. */
	const void *frame;
	/* What the hook announces. */
	const void *address;
	size_t bytes;
};

/* A call site that has been decided. return_address NULL: a free place. */
struct copy_site {
	const void *return_address;
	bool begins_copy;
};

#define PLAIN_SITES_MAX 256U

/*
 * The call sites met so far.
 *
 * Invariants:
 *  1. capacity is 0 or a power of two, and more than count.
 *  2. count places are taken, each found from its hash by linear probing.
 */
struct copy_sites {
	struct copy_hooks hooks;
	struct copy_site *sites;
	size_t capacity;
	size_t count;
	/* Return addresses of sites that begin no copy, met lately. */
	const void *plain[PLAIN_SITES_MAX];
};

void copy_sites_init(struct copy_sites *sites, const struct copy_hooks *hooks);
void copy_sites_fini(struct copy_sites *sites);

/* copy_sites_begins() for a site that is not known to begin none. */
bool copy_sites_decide(struct copy_sites *sites, const struct copy_call *call);

/* Whether the site is known at a glance to begin none. */
static inline bool copy_sites_know_plain(const struct copy_sites *sites,
					 const void *return_address)
{
	uintptr_t site = (uintptr_t)return_address;

	return sites->plain[(site ^ site >> 8) % PLAIN_SITES_MAX] ==
	       return_address;
}

/*
 * Of a write hook's call: does it begin a copy? Then the program's next call is
 * the read hook that announces the source (or, which gcc never does, another
 * write hook of the same copy, for which this will be true as well), and
 * nothing has been written until the call after that.
 *
 * Decided at the first call from each place and remembered: a site is met
 * again and again, and what it is does not depend on the addresses announced.
 * Code that is unloaded and replaced by other code is not noticed.
 */
static inline bool copy_sites_begins(struct copy_sites *sites,
				     const struct copy_call *call)
{
	return !copy_sites_know_plain(sites, call->return_address) &&
	       copy_sites_decide(sites, call);
}

#endif
