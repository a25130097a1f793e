/*
 * A search under way: from the first JOB to the last message, over as many
 * processes as it takes.
 */
#ifndef EXPLORER_POOL_HUNT_H
#define EXPLORER_POOL_HUNT_H

#include "pool/found.h"
#include "pool/listener.h"
#include "pool/session.h"
#include "pool/tree_heard.h"

/* A program that kills its process again and again gets this many in a
 * search. */
#define DEATHS_MAX 100

/* How often progress is told, seconds. */
#define PROGRESS_SECONDS 0.1

/* Why the command asked the search to stop. */
enum stop_cause {
	STOP_NOT,
	STOP_TIME,
	STOP_INTERRUPT,
	STOP_FIRST,
	STOP_LATE, /* its partner has long since ended */
};

struct hunt {
	const struct search *search;
	uint32_t bound; /* where there is one */
	struct session *session;
	struct found found;
	struct listener listener;

	double started;
	double next_progress;
	enum stop_cause stop;
	double kill_at; /* once stopped: patience ends then */

	/* Where two take turns (turns.h). */
	const struct hunt *partner; /* the other one, if it has begun */
	uint64_t turn_end;	    /* in steps of the round; 0: no turns */
	bool is_waiting;	    /* for the next turn */

	/* For the next process, should this one die. */
	struct buffer checkpoint; /* body of the last one; empty: none */
	struct fatal *fatal;
	size_t fatal_count;
	size_t fatal_capacity;
	uint64_t learn_first;
	unsigned deaths;

	struct tree_heard tree; /* if search->tree */

	/* The end. */
	bool is_over;
	bool is_senseless; /* the child sent what is no message */
	struct {
		uint64_t executions;
		uint64_t states;
		uint64_t transitions;
		uint64_t steps;
		uint32_t rounds;
		struct guess estimate;
	} seen;	      /* in shared memory, for a child that cannot say DONE */
	bool is_done; /* DONE was heard, and is in `done` */
	struct done done;
	unsigned reasons; /* what this side knows of */
	char *unsupported;
	char *suspect; /* "getpid(), called in f() a.c:3"; NULL: none known */
	char **warnings;
	size_t warning_count;
	size_t warning_capacity;
};

void hunt_init(struct hunt *hunt, const struct search *search,
	       struct session *session);
void hunt_fini(struct hunt *hunt);

/* Searches until the end, whatever that is: *hunt then says all about it. The
 * session may be left without a process. With a turn_end also to when that turn
 * is over: then it waits. */
void hunt_run(struct hunt *hunt);

/* The next turn of one that waits. `visible` is what the other has learned
 * besides, or NULL. */
void hunt_go_on(struct hunt *hunt, uint64_t turn_end,
		const struct visible_set *visible);

/* Ends one that waits, for the same reason for which its partner ended. */
void hunt_end(struct hunt *hunt, enum stop_cause cause);

/* Asks the child to end soon, unless it has been asked before. It is killed if
 * it takes too long. */
void hunt_stop(struct hunt *hunt, enum stop_cause cause);

/* The set of visible memory that it has come to. */
struct visible_set hunt_visible(const struct hunt *hunt);

/* A round begins: a checkpoint is of no use any more, as it says how many
 * outcomes and findings of its round were known. */
void hunt_forget_round(struct hunt *hunt);
/* Nor are the schedules that killed a process: with more memory visible the
 * same choices are other steps. */
void hunt_forget_fatal(struct hunt *hunt);

/* What to do after the process has died: records the schedule it died of, and
 * starts another process that goes on, unless the search is to end. */
void hunt_bury(struct hunt *hunt);

/* Why the search is incomplete: a set of enum incomplete_reason. */
unsigned hunt_reasons(const struct hunt *hunt);

/* Takes over the string. */
void hunt_warn(struct hunt *hunt, char *warning);
/* The same, unless it has been said: several processes may have told it. */
void hunt_warn_once(struct hunt *hunt, char *warning);

#endif
