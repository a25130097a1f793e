/*
 * Speaks to a program under test over its channel, message by message, and
 * keeps what it said.
 */
#ifndef TESTS_BOUNDARY_DIALOG_H
#define TESTS_BOUNDARY_DIALOG_H

#include "pool/session.h"

/* A process of a program. */
struct dialog {
	struct program program;
	struct session session;
};

/* Starts a process of the executable, watching these variables (a list that
 * ends with NULL). The arguments must outlive it. */
void dialog_open(const char *executable, const char *const *watches,
		 struct dialog *ret_dialog);
void dialog_close(struct dialog *dialog);

/* A job with the watches and no limits. */
struct job dialog_search(const struct dialog *dialog, const char *strategy);
struct job dialog_follow(const struct dialog *dialog,
			 const struct schedule *schedule,
			 const struct visible_set *visible);

/* Messages of a job, in order, each kind on its own. */
struct heard {
	struct buffer *outcomes; /* bodies */
	size_t outcome_count;
	struct buffer *findings;
	size_t finding_count;
	struct buffer steps;	  /* all of them */
	struct buffer visible;	  /* the last one */
	struct buffer checkpoint; /* the last one; length 0: none */
	struct done done;
	struct buffer done_body; /* what `done` points into */
	bool died;		 /* there was no DONE */
};

/* Has the job done. */
void dialog_ask(struct dialog *dialog, const struct job *job,
		struct heard *ret_heard);
/* The same; but kills the process once it has sent a checkpoint, or tells it to
 * stop once it has found an outcome. */
void dialog_ask_and_kill(struct dialog *dialog, const struct job *job,
			 struct heard *ret_heard);
void dialog_ask_and_stop(struct dialog *dialog, const struct job *job,
			 struct heard *ret_heard);
void heard_fini(struct heard *heard);

/* What the last VISIBLE and the n-th OUTCOME say; to be freed. */
struct visible_set heard_visible(const struct heard *heard);
struct outcome_message heard_outcome(const struct heard *heard, size_t index);

/* Fills in what is needed to go on from where the heard search stood. It
 * points into *heard. */
void job_resume(struct job *job, const struct heard *heard);

#endif
