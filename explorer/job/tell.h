/*
 * What telling the command of an outcome and of a finding share.
 */
#ifndef EXPLORER_JOB_TELL_H
#define EXPLORER_JOB_TELL_H

#include "job/job.h"

/* With --stop-at-first the command decides whether this was it: waits for what
 * it says, and notes it. */
void tell_await_answer(struct task *task);

/* The schedule that leads to where the engine is; it belongs to the engine. How
 * many times a hanging thread spun before it was interrupted is chance: the
 * schedule ends with the last step that did something. */
struct schedule tell_schedule(const struct engine *engine);

/* Appends the text of a failed assertion, or the type of an exception that
 * nobody caught. */
void tell_failure(struct buffer *text, const struct failure *failure);

#endif
