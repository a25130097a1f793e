/*
 * Making an execution again, to see whether it does the same (--recheck).
 */
#ifndef EXPLORER_ENGINE_RECHECK_H
#define EXPLORER_ENGINE_RECHECK_H

#include "engine/engine.h"

/* What a second time was otherwise. */
enum recheck_difference {
	RECHECK_OPERATION, /* another operation was pending */
	RECHECK_BLOCKED,   /* the operation could not be performed */
	RECHECK_VALUE,	   /* a step had another result */
	RECHECK_END,	   /* it ended otherwise, all steps being alike */
	RECHECK_DIFFERENCES
};

/* The execution that has just ended, and was counted, is made once more from
 * the very beginning. What is otherwise then is a finding; where steps were
 * otherwise, the search cannot go on. */
void recheck_execution(struct engine *engine);

/* A recorded step is not what is pending: the finding that says so. */
void recheck_tell_step(struct engine *engine);
/* The same of a choice of which nothing else is known. */
void recheck_tell_choice(struct engine *engine, struct choice choice);

#endif
