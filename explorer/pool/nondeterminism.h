/*
 * What a schedule did otherwise a second time, in words.
 */
#ifndef EXPLORER_POOL_NONDETERMINISM_H
#define EXPLORER_POOL_NONDETERMINISM_H

#include "channel/report_message.h"
#include "pool/naming.h"

/* What such a sentence ends with: this and the call, or this alone. */
#define NONDETERMINISM_CAUSE "; the likely cause: "
#define NONDETERMINISM_NO_CAUSE                                                \
	"; no call is known that could be the cause: does it read memory "     \
	"that was never written, or go by addresses?"

/* Of a finding of the library's: "step 5 of T1 was read x in f() a.c:9 at
 * first, and write y in f() a.c:12 a second time; ...". */
char *nondeterminism_sentence(struct symbols *symbols,
			      const struct finding_message *message);

#endif
