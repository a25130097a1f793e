/*
 * All of the runtime that an execution changes and a rewind puts back: the
 * threads, and what they hold, own and have asked for. It is saved in pieces
 * (runtime_pieces), of each table only what is in use.
 */
#ifndef EXPLORER_RUNTIME_RUNTIME_STATE_H
#define EXPLORER_RUNTIME_RUNTIME_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/green_thread.h"

#define KEYS_MAX 1024U

/* A key of thread-specific data. */
struct key {
	void (*destructor)(void *);
	uint64_t born; /* how often it was created */
	bool in_use;
};

/* A lock that a thread holds: see held.h. */
#define HELD_MAX 4096U
struct held {
	uintptr_t address;
	uintptr_t place; /* where it was taken */
	uint32_t thread; /* number */
	uint32_t op;	 /* by which it was taken */
};

/* Bytes of the program that are to be told by a name: see watched.h. */
#define WATCHED_MAX	   32U
#define WATCHED_NAME_BYTES 40U
#define WATCHED_BYTES_MAX  64U
struct watched {
	char name[WATCHED_NAME_BYTES];
	void *start;
	uint32_t bytes;
	/* The heap block that they are part of; number 0: none. */
	uint32_t slot;
	uint32_t number;
};

/* All of the runtime that an execution changes and a rewind puts back. */
struct runtime_state {
	uint32_t count;
	uint32_t alive;
	uint32_t creates_and_joins;
	uint32_t spurious;	/* wake-ups without a reason, so far */
	uint32_t exit_handlers; /* registered with atexit and the like */
	uint32_t held_count;
	char *token_rest;	 /* where strtok() goes on */
	bool main_returned;	 /* from main, to exit */
	uint32_t spin_watched;	 /* threads that are */
	struct thread *previous; /* whose errno is in place, if it is shared */
	int32_t concurrency;	 /* as pthread_setconcurrency() set it */
	uint32_t key_count;	 /* of keys, from 0 on, that were ever used */
	uint32_t asked_count; /* bytes that are watched since the program said
				 so */
	/* Numbers of the threads that have not ended, in increasing order:
	 * `alive` of them. Saved apart from the rest. */
	_Alignas(8) uint16_t live[THREADS_MAX];
	/* The first key_count are saved. */
	struct key keys[KEYS_MAX];
	/* The first asked_count are saved; in order of their names. */
	struct watched asked[WATCHED_MAX];
	struct thread threads[THREADS_MAX];
	struct held held[HELD_MAX];
};

/* for (struct thread *each live thread of a runtime_state) */
#define FOR_LIVE(thread, state)                                                \
	for (uint32_t live_index = 0;                                          \
	     live_index < (state)->alive &&                                    \
	     ((thread) = &(state)->threads[(state)->live[live_index]], 1);     \
	     live_index++)

/* The state that a thread is part of. */
static inline const struct runtime_state *
thread_state_of(const struct thread *thread)
{
	return (const struct runtime_state *)((const char *)(thread -
							     thread->number) -
					      offsetof(struct runtime_state,
						       threads));
}

#endif
