/*
 * Functions that are not supported under a search (unsupported.def). Natively
 * each passes its arguments, at most six words, to the real one.
 */
#include "hook/hook.h"
#include "runtime/announce.h"

typedef long words_function(long, long, long, long, long, long);

/* Headers declare some of them with other types: the C name is ours. */
#define UNSUPPORTED(name)                                                      \
	EXPORT words_function unsupported_##name __asm__(#name);               \
	long unsupported_##name(long a, long b, long c, long d, long e,        \
				long f)                                        \
	{                                                                      \
		static words_function *real;                                   \
                                                                               \
		if (hook_runtime)                                              \
			runtime_refuse(hook_runtime, #name, PLACE);            \
		if (!real)                                                     \
			real = (words_function *)(uintptr_t)hook_find(#name);  \
		return real(a, b, c, d, e, f);                                 \
	}
#include "hook/unsupported.def"
