/*
 * Places in the program, as the library names them: numbers that mean the
 * same in every execution and every process. Names for people are the
 * command's business (symbols/).
 */
#ifndef EXPLORER_TRACE_LOCATION_H
#define EXPLORER_TRACE_LOCATION_H

#include <stdint.h>

/* A place in the code: the module's number in the list of modules, and the
 * address within it as linked. For a call, the address that it returns to
 * minus one, so that it lies within the calling line. module is
 * PLACE_UNKNOWN where there is none. */
#define PLACE_UNKNOWN UINT32_MAX
struct code_place {
	uint32_t module;
	uint64_t offset;
};

/* A pointer in a function's frame: where it lies, from the frame's top, and how
 * far before something that is asked about it points. */
struct frame_pointer {
	int32_t offset;
	uint32_t before;
};

/*
 * A place in memory, or another object that operations work on.
 *
 * "slot" is the number of a thread that is the same in every execution: main
 * is 0, main's k-th child is k, children of others have numbers from 1024.
 */
enum location_kind {
	LOCATION_NONE,	     /* the operation has no object */
	LOCATION_MODULE,     /* owner: module; offset: address as linked */
	LOCATION_HEAP,	     /* owner: slot that allocated; number: its n-th
			      * allocation, from 1; offset into the block */
	LOCATION_STACK,	     /* owner: slot; offset: bytes below the top */
	LOCATION_TLS,	     /* owner: slot; number: the thread's; offset: bytes
			      * below the thread pointer */
	LOCATION_THREAD,     /* number: thread number (creation order) */
	LOCATION_DESCRIPTOR, /* number: file descriptor */
	LOCATION_CLOCK,	     /* the virtual clock */
	LOCATION_THING,	     /* owner: enum thing; number: key or slot */
	LOCATION_RANDOM,     /* libc's common random number state */
	LOCATION_NAMED,	     /* a named semaphore: see location_of_name() */
	LOCATION_ABSOLUTE,   /* offset: an address that is none of these */
};

/* What threads can notice of each other and is no memory. */
enum thing {
	THING_KEYS,	/* which keys of thread-specific data are in use */
	THING_KEY,	/* number: the key */
	THING_END,	/* number: slot; whether the thread has ended */
	THING_SETTINGS, /* number: slot; the thread's name and the like */
	THING_NAME,	/* number: of names of semaphores with that hash */
	THING_CANCEL,	/* number: slot; whether it is to be cancelled */
	THING_WATCH,	/* number: of names given to explorer_watch() */
	THING_MASK,	/* number: slot; which signals the thread blocks */
	THING_SIGNALS,	/* number: enum signals_part */
	THING_EXIT,	/* which handlers of exit() are still to run */
	THING_LIBC,	/* number: enum libc_state */
	THINGS
};

/* What functions of libc keep from one call to the next, for all threads
 * together. */
enum libc_state {
	LIBC_STRTOK,
	LIBC_LOCALTIME, /* and gmtime() */
	LIBC_ASCTIME,	/* and ctime() */
	LIBC_ENVIRONMENT,
	LIBC_STATES
};

/* Of the signals that threads send: those that are pending, and the process as
 * who gets them. */
enum signals_part { SIGNALS_QUEUE, SIGNALS_ARRIVAL, SIGNALS_PARTS };

struct location {
	uint32_t kind; /* enum location_kind */
	uint32_t owner;
	uint32_t number;
	uint64_t offset;
};

/* That of a name, which is cut off after so many bytes; and back. */
#define LOCATION_NAME_BYTES 16U
struct location location_of_name(const char *name);
void location_name(const struct location *location,
		   char ret_name[LOCATION_NAME_BYTES + 1]);

/* A range of visible memory. On the heap, `block` is where its block begins, 0
 * for wherever that is: the n-th allocation of a thread lies elsewhere if those
 * before it were larger. */
struct visible_range {
	struct location start;
	uint64_t bytes;
	uint64_t block;
};

#endif
