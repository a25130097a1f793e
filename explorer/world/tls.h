/*
 * Thread-local storage for green threads.
 *
 * Each thread has a block of its own, made by the loader's own function in the
 * program's heap, so it is part of the world; the thread pointer is switched
 * with the thread. Where no module but libc has thread-local variables, and
 * none can see libc's (imports.h), all threads share main's block and only
 * errno is switched: a thread pointer costs as much as a switch.
 */
#ifndef EXPLORER_WORLD_TLS_H
#define EXPLORER_WORLD_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "world/segments.h"

#define TLS_PARTS_MAX 64U

/* A module's variables, in the block of every thread. */
struct tls_part {
	size_t offset; /* below the thread pointer */
	size_t bytes;
};

struct tls {
	bool separate;	 /* a block for each thread */
	bool fast;	 /* the thread pointer may be written directly */
	size_t bytes;	 /* of all parts, below the thread pointer */
	void *native;	 /* the thread pointer that the process started with */
	uint32_t number; /* the kernel's, of the thread that it started with */
	struct tls_part parts[TLS_PARTS_MAX];
	unsigned part_count;
};

/* Finds out how things are; called on the thread that the process started
 * with. Returns 0, or -1 where the loader has no such function. */
int tls_init(struct tls *tls, const struct modules *modules);

/* A new block with all variables at their initial values; allocated through
 * malloc, in the calling thread's name. NULL if there is no memory. */
void *tls_new(const struct tls *tls);

/* A new block with the values of the thread that the process started with. */
void *tls_new_main(const struct tls *tls);

/* Makes `pointer` (from one of the above) the thread pointer. */
void tls_switch(const struct tls *tls, void *pointer);

/* Calls the destructors of the calling thread's variables: C++ has some. */
void tls_destroy(void);

/* To be called once on each thread when its block is in use. */
void tls_start(void);

#endif
