/*
 * The ways to misuse a function, from misuse.def.
 */
#ifndef EXPLORER_TRACE_MISUSE_H
#define EXPLORER_TRACE_MISUSE_H

enum misuse {
#define MISUSE(identifier, words) MISUSE_##identifier,
#include "trace/misuse.def"
#undef MISUSE
	MISUSE_COUNT
};

#endif
