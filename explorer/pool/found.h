/*
 * What a child's messages said so far, with names.
 *
 * Outcomes and findings have the library's numbers (ids) 0, 1, 2 ... within
 * one round of the search. When a round starts anew, or a search goes on from
 * a checkpoint, those from some number on are *set aside*: findings are true
 * whatever came after them, and are reported in the end; outcomes only if the
 * search did not get to its end, since a complete one finds them again, with
 * their right counts.
 *
 *     id 0 1 2 3    id 0 again                  at the end
 *     current:      current:                    current + findings aside
 *      a b c d  ->   a'          aside: a b c d  (+ outcomes aside)
 */
#ifndef EXPLORER_POOL_FOUND_H
#define EXPLORER_POOL_FOUND_H

#include <stddef.h>
#include <stdint.h>

#include "channel/message.h"
#include "channel/report_message.h"
#include "pool/session.h"

/* How to see it again. */
struct witness {
	uint8_t *schedule; /* as schedule_put() codes it; NULL: not kept */
	size_t schedule_bytes;
	size_t visible; /* number of the visible set, from 1; 0: the empty one
			 */
	bool is_fatal;	/* a process died of it: each one is an execution */
};

struct found_outcome {
	struct outcome outcome;
	struct witness witness;
};

struct found_finding {
	struct finding finding;
	struct witness witness;
	size_t outcome; /* number, from 1, of the merged outcome that it is
			 * about and whose witness it shares; 0: none */
};

struct outcome_list {
	struct found_outcome *at;
	size_t count;
	size_t capacity;
};
struct finding_list {
	struct found_finding *at;
	size_t count;
	size_t capacity;
};

/* Invariants: element i of a current list has the id i. */
struct found {
	const struct session *session;
	struct outcome_list outcomes;
	struct outcome_list outcomes_aside;
	struct finding_list findings;
	struct finding_list findings_aside;
	struct buffer *visible; /* bodies of VISIBLE messages */
	size_t visible_count;
	uint32_t visible_version; /* of the last one */
	size_t visible_capacity;
	/* Learned since then, in LEARNED messages. */
	struct visible_range *learned;
	size_t learned_count;
	size_t learned_capacity;
	size_t schedule_bytes; /* in all witnesses of outcomes */
};

/* Schedules of outcomes are kept up to this many bytes in all: what comes
 * later has no trace. Findings are few, and always keep theirs. */
#define FOUND_SCHEDULE_BYTES ((size_t)256 << 20)

void outcome_list_add(struct outcome_list *list, struct found_outcome item);
void finding_list_add(struct finding_list *list, struct found_finding item);
void outcome_list_fini(struct outcome_list *list);
void finding_list_fini(struct finding_list *list);

void found_init(struct found *found, const struct session *session);
void found_fini(struct found *found);

/* Each takes a message's body. Returns 0; -1 if it is malformed. */
int found_visible(struct found *found, const struct buffer *body);
int found_learned(struct found *found, const struct buffer *body);
int found_outcome(struct found *found, const struct buffer *body);
int found_finding(struct found *found, const struct buffer *body);

/* Makes what was learned visible, as the process that learned it would have
 * done had it lived. Returns whether there was anything. */
bool found_take_learned(struct found *found);

/* Sets aside what a search resumed from there will find again. */
void found_rewind(struct found *found, size_t outcomes, size_t findings);

/* Takes over the counts by id. */
void found_tally(struct found *found, const struct done *done);

/* Adds what no message told: findings, and outcomes that count only if the
 * search is incomplete. Both take over *finding, *outcome. */
void found_add_finding(struct found *found, struct finding *finding,
		       const struct schedule *schedule, bool is_fatal);
void found_add_outcome(struct found *found, struct outcome *outcome,
		       const struct schedule *schedule, bool is_fatal);

/* The set of visible memory that a witness was found with. */
int found_visible_set(const struct found *found, const struct witness *witness,
		      struct visible_set *ret_set);

/* The same for two witnesses if they have the same schedule, with the same
 * memory visible. */
uint64_t found_witness_key(const struct found *found,
			   const struct witness *witness);

/* The number of findings of different kinds or places, more or less: for the
 * progress line. */
size_t found_finding_count(const struct found *found);

/* A message in names; the results' strings are the caller's. -1: the message
 * is not of this session (its values have other sizes than the watches). */
int outcome_named(const struct session *session,
		  const struct outcome_message *message,
		  struct outcome *ret_outcome);
struct finding finding_named(const struct session *session,
			     const struct finding_message *message);

void witness_fini(struct witness *witness);

#endif
