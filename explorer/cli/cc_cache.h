/*
 * The folder in which compiled programs are kept from one run to the next.
 *
 * An entry is named after all that went into it, so it is never out of date
 * and never written twice with other bytes: two processes that make the same
 * one at the same time may each put theirs in place.
 */
#ifndef EXPLORER_CLI_CC_CACHE_H
#define EXPLORER_CLI_CC_CACHE_H

/* The folder: explorer/ in XDG_CACHE_HOME, or in ~/.cache; where that cannot be
 * written, one of the user's own in /tmp. Made if need be. Owned by the caller
 * (free()); NULL after complain(). */
char *cc_cache_folder(void);

/* Marks an entry as used now. Returns 0, or -1 if there is none. */
int cc_cache_touch(const char *path);

/* Removes what nobody has used for a month. */
void cc_cache_prune(const char *folder);

#endif
