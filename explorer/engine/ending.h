/*
 * How executions end: what the ending operations do, and the ends that no
 * operation makes.
 */
#ifndef EXPLORER_ENGINE_ENDING_H
#define EXPLORER_ENGINE_ENDING_H

#include "engine/engine.h"

/* Performs the thread's pending operation, which is an ending one. */
void ending_perform(struct engine *engine, const struct thread *thread);

/* The step that is being made killed the process when it was made before. */
void ending_fatal(struct engine *engine, const struct fatal *fatal,
		  const struct thread *thread);

/* The execution has made as many steps as it may. */
void ending_limit(struct engine *engine);

/* Nobody can go on, or end: if a thread could, were only its wait let run out,
 * the execution ends here, and that is said. Returns whether it is so. */
bool ending_is_withheld(struct engine *engine);

/* The command has interrupted a thread that made no step for long. */
void ending_hang(struct engine *engine);

/* A step that killed the process is an end as much as a step that is known to
 * be one: it might have come after anything that the others would do. Has the
 * log of an execution that ended so say it. */
void ending_mark_death(struct engine *engine);

/* No end can be reached from here any more. */
void ending_livelock(struct engine *engine);

/* This is the state that was looked for: the execution ends here, unless it has
 * ended already. */
void ending_wanted(struct engine *engine);

/* A recorded schedule did something else. */
void ending_diverged(struct engine *engine);

#endif
