/*
 * The state that is looked for: an expression over variables of the program,
 * evaluated where the engine stands.
 *
 * The variables it names are visible memory, or a thread would change them
 * twice in one step, and nobody would see what they were in between.
 */
#ifndef EXPLORER_STRATEGY_FIND_STATE_H
#define EXPLORER_STRATEGY_FIND_STATE_H

#include "channel/job_message.h"
#include "engine/engine.h"

struct find_state;

/* What the job asks for, whose watches the runtime has. NULL if the expression
 * is malformed. */
struct find_state *find_state_new(const struct job *job,
				  struct runtime *runtime);
void find_state_free(struct find_state *find);

/* Has accesses to its variables be operations. */
void find_state_show(const struct find_state *find, struct runtime *runtime);

/* Whether it holds here. Where there is no value, as after a division by zero,
 * it does not. */
bool find_state_holds(const struct find_state *find);

/* Ends the execution here if it holds, and tells it. */
bool find_state_look(const struct find_state *find, struct engine *engine);

#endif
