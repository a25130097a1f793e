/*
 * What an operation works on, in words.
 */
#ifndef EXPLORER_POOL_OBJECT_H
#define EXPLORER_POOL_OBJECT_H

#include "channel/report_message.h"
#include "pool/naming.h"

/* Where it is done: in the program's own source, if any of those who called is
 * there. */
struct source_place object_place(struct symbols *symbols,
				 const struct blocked_message *message);

/* "heap block of 24 bytes from queue_new() queue.c:40, offset 8" */
char *object_in_block(struct symbols *symbols,
		      const struct block_message *block);

/* "local "count" of main()"; NULL if there is no such variable. */
char *object_on_stack(struct symbols *symbols,
		      const struct local_message *local, uint64_t bytes);

/* "thread-local "count" of T1"; NULL if the location is none such. */
char *object_thread_local(struct symbols *symbols, struct location object,
			  uint64_t bytes);

/* "m", or what else it is known by; NULL if the operation has no object. */
char *object_name(struct symbols *symbols,
		  const struct blocked_message *message);

/* "lock m", "lock in heap block of ..."; "m" where there is no word for it;
 * NULL if there is no object. */
char *object_words(struct symbols *symbols,
		   const struct blocked_message *message);

/* A lock that is held: "m", "lock in heap block of ...", "l (reading)". */
char *object_held(struct symbols *symbols,
		  const struct blocked_message *message);

#endif
