/*
 * One sentence for a misuse: who did what with which object, and who else has
 * to do with it.
 */
#ifndef EXPLORER_POOL_MISUSE_H
#define EXPLORER_POOL_MISUSE_H

#include "channel/report_message.h"
#include "symbols/symbols.h"

/* Owned by the caller. */
char *misuse_sentence(struct symbols *symbols,
		      const struct finding_message *message);

#endif
