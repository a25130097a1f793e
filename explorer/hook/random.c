/*
 * Random numbers: libc's own. Its common state is part of the world, so that it
 * starts afresh in each execution; whoever uses it next gets another number.
 * The state of the rest lies in the program's objects.
 */
#include <stdlib.h>
#include <string.h>

#include "hook/hook.h"
#include "runtime/system.h"

#define RANDOM_HOOK(type, name)                                                \
	EXPORT type name(void)                                                 \
	{                                                                      \
		if (hook_runtime)                                              \
			system_random(hook_runtime, PLACE);                    \
		return REAL(name)();                                           \
	}
#define SEED_HOOK(name, seed_type)                                             \
	EXPORT void name(seed_type seed)                                       \
	{                                                                      \
		if (hook_runtime)                                              \
			system_random(hook_runtime, PLACE);                    \
		REAL(name)(seed);                                              \
	}

RANDOM_HOOK(int, rand)
RANDOM_HOOK(long, random)
RANDOM_HOOK(double, drand48)
RANDOM_HOOK(long, lrand48)
RANDOM_HOOK(long, mrand48)
SEED_HOOK(srand, unsigned)
SEED_HOOK(srandom, unsigned)
SEED_HOOK(srand48, long)

EXPORT void lcong48(unsigned short parameters[7])
{
	hook_reads(parameters, 7 * sizeof(*parameters), PLACE);
	if (hook_runtime)
		system_random(hook_runtime, PLACE);
	REAL(lcong48)(parameters);
}

EXPORT unsigned short *seed48(unsigned short seed[3])
{
	hook_reads(seed, 3 * sizeof(*seed), PLACE);
	if (hook_runtime)
		system_random(hook_runtime, PLACE);
	/* REAL is a pointer to a function of that type. */
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(seed48)(seed);
}

EXPORT char *initstate(unsigned seed, char *state, size_t bytes)
{
	if (hook_runtime)
		system_random(hook_runtime, PLACE);
	return REAL(initstate)(seed, state, bytes);
}

EXPORT char *setstate(char *state)
{
	if (hook_runtime)
		system_random(hook_runtime, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(setstate)(state);
}

/* --- State of the program's own: it is read, and then written */

EXPORT int rand_r(unsigned *seed)
{
	unsigned own;
	int number;

	hook_reads(seed, sizeof(*seed), PLACE);
	own = *seed;
	number = REAL(rand_r)(&own);
	hook_writes(seed, sizeof(*seed), PLACE);
	*seed = own;
	return number;
}

#define RANDOM_HOOK_48(type, name)                                             \
	EXPORT type name(unsigned short state[3])                              \
	{                                                                      \
		const size_t bytes = 3 * sizeof(*state);                       \
		unsigned short own[3];                                         \
		type number;                                                   \
                                                                               \
		hook_reads(state, bytes, PLACE);                               \
		memcpy(own, state, bytes);                                     \
		number = REAL(name)(own);                                      \
		hook_writes(state, bytes, PLACE);                              \
		memcpy(state, own, bytes);                                     \
		return number;                                                 \
	}

RANDOM_HOOK_48(double, erand48)
RANDOM_HOOK_48(long, nrand48)
RANDOM_HOOK_48(long, jrand48)

#define RANDOM_HOOK_BUFFER(name, buffer_type, number_type)                     \
	EXPORT int name(buffer_type *restrict buffer,                          \
			number_type *restrict ret_number)                      \
	{                                                                      \
		hook_reads(buffer, sizeof(*buffer), PLACE);                    \
		hook_writes(buffer, sizeof(*buffer), PLACE);                   \
		hook_writes(ret_number, sizeof(*ret_number), PLACE);           \
		return REAL(name)(buffer, ret_number);                         \
	}

RANDOM_HOOK_BUFFER(drand48_r, struct drand48_data, double)
RANDOM_HOOK_BUFFER(lrand48_r, struct drand48_data, long)
RANDOM_HOOK_BUFFER(mrand48_r, struct drand48_data, long)
RANDOM_HOOK_BUFFER(random_r, struct random_data, int32_t)
