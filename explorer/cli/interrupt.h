/*
 * Signals that are no reason to lose results.
 */
#ifndef EXPLORER_CLI_INTERRUPT_H
#define EXPLORER_CLI_INTERRUPT_H

/* From now on the first Ctrl-C (or SIGTERM) asks a search to stop and to give
 * what it has; a second one ends the command at once. A closed pipe and a full
 * disk are errors of write(), not signals. Programs that are started inherit
 * none of this. */
void interrupt_catch(void);

/* What the command ends with: the status; or, of one that was interrupted, what
 * a shell says of the signal: 130, 143. */
int interrupt_status(int status);

#endif
