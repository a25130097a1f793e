/*
 * The OUTCOME and FINDING messages: what a job reports as it finds it.
 */
#ifndef EXPLORER_CHANNEL_REPORT_MESSAGE_H
#define EXPLORER_CHANNEL_REPORT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "channel/job_message.h"
#include "trace/location.h"
#include "trace/schedule.h"

/* A schedule as schedule_put() codes it. The command keeps those of many long
 * executions, and decodes few. */
struct coded_schedule {
	const void *bytes; /* NULL: none */
	size_t length;
};

/* What the program itself wants to be told by a name. */
struct named_bytes {
	const char *name;
	const void *bytes;
	size_t count;
};

struct outcome_message {
	uint32_t id;  /* 0, 1, 2 ... within the search; a later round starts
		       * anew at 0 (DROP what was there when id goes back) */
	uint32_t end; /* enum end_kind */
	bool has_status;
	int32_t status;
	const char *message;	 /* assertion text ...; "" if none */
	struct code_place place; /* of a failure */
	struct location fault;	 /* address of a crash */
	uint32_t value_count;	 /* as many as watches */
	const void **values;	 /* watch.bytes each */
	size_t *value_bytes;	 /* how many they are; only when taken apart */
	struct location *pointees; /* per watch; LOCATION_NONE if no pointer */
	uint32_t named_count;
	struct named_bytes *named;
	const void *output; /* at most OUTPUT_KEPT bytes */
	size_t output_length;
	uint64_t output_total;	     /* bytes in all */
	uint64_t output_digest;	     /* of all of them */
	uint64_t run;		     /* random: the run's number */
	struct schedule schedule;    /* of the first execution that ended so;
				      * only when put together */
	struct coded_schedule coded; /* only when taken apart */
	bool lost_update;	     /* in that execution */
	bool wanted;		     /* what a query looked for */
};
#define OUTPUT_KEPT (64U << 10)

#define FRAMES_MAX 24U

struct frames {
	uint32_t count;
	struct code_place at[FRAMES_MAX];
};

/* The heap block that something happened to or beside. */
struct block_message {
	bool known;
	int64_t offset; /* of what happened, from the block's start */
	uint64_t bytes;
	uint32_t allocated_by; /* thread, or NO_THREAD */
	struct code_place allocated;
	bool freed;
	uint32_t freed_by;
	struct code_place freed_at;
	uint64_t blocks; /* of a leak: how many, of `bytes` together */
	/* What only a schedule that is followed tells: the calls that led to
	 * its allocation and its free, the innermost first. */
	struct frames allocated_calls;
	struct frames freed_calls;
};

#define LOCKS_MAX 8U

#define LOCAL_POINTERS 4U

/* Where in a function's frame something lies, from the frame's top; and what
 * points to somewhere before it there. */
struct local_message {
	bool known;
	struct code_place place;
	int64_t offset;
	uint32_t pointer_count;
	struct frame_pointer pointers[LOCAL_POINTERS];
};

#define CALLERS_MAX 12U

/* An object that a thread waits for, holds or misuses. */
struct blocked_message {
	uint32_t thread;
	uint32_t op;		/* OP_MUTEX_LOCK, OP_JOIN, OP_SEM_WAIT ... */
	struct location object; /* OP_JOIN: LOCATION_THREAD */
	uint32_t holder;	/* thread, or NO_THREAD */
	bool holder_has_ended;
	struct code_place place;
	struct block_message block; /* that the object lies in */
	struct local_message local;
	uint32_t caller_count; /* the innermost first */
	struct code_place callers[CALLERS_MAX];
};

struct access_message {
	uint32_t thread;
	uint32_t op;
	struct location object;
	uint64_t size;
	struct code_place place;
	struct block_message block; /* that the object lies in */
	/* What only a schedule that is followed tells; all 0 otherwise. */
	struct frames frames; /* calls that led there, the innermost first */
	uint32_t lock_count;  /* held */
	struct blocked_message locks[LOCKS_MAX];
	uint32_t creator; /* thread, or NO_THREAD */
	struct code_place created_at;
	struct frames created_calls;
	struct local_message local;
};

struct finding_message {
	uint32_t id;	     /* as outcome_message.id */
	uint32_t kind;	     /* enum finding_kind */
	const char *message; /* assertion text ...; "" if none */
	uint32_t thread;     /* whose; NO_THREAD */
	struct code_place place;
	struct location object; /* fault address ...; LOCATION_NONE */
	int32_t status;		/* signal */
	uint32_t access_count;	/* 2 for a data race, 1 for a heap finding */
	struct access_message accesses[2];
	uint32_t blocked_count; /* deadlock */
	struct blocked_message *blocked;
	struct schedule schedule;    /* the whole execution; only when put */
	struct coded_schedule coded; /* only when taken apart */
};

void outcome_put(struct buffer *buffer, const struct outcome_message *outcome,
		 const struct watch_place *watches);
void outcome_get(struct reader *reader, struct outcome_message *ret_outcome);
void outcome_message_fini(struct outcome_message *outcome);
void finding_put(struct buffer *buffer, const struct finding_message *finding);
void finding_get(struct reader *reader, struct finding_message *ret_finding);
void finding_message_fini(struct finding_message *finding);

#endif
