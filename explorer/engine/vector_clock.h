/*
 * Vector clocks: of each thread, how many of its events are known.
 *
 * Colin Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial
 * Ordering", 1988; Friedemann Mattern, "Virtual Time and Global States of
 * Distributed Systems", 1989. A clock is an array of counts by thread, as long
 * as the caller says: a multiple of CLOCK_FOUR, since they are taken four at a
 * time.
 */
#ifndef EXPLORER_ENGINE_VECTOR_CLOCK_H
#define EXPLORER_ENGINE_VECTOR_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_FOUR 4U

/* None is ever so large that the sign matters. */
typedef int32_t clock_four __attribute__((vector_size(16)));

static inline clock_four clock_load(const uint32_t *clock)
{
	clock_four four;

	__builtin_memcpy(&four, clock, sizeof(four));
	return four;
}

static inline void clock_store(uint32_t *clock, clock_four four)
{
	__builtin_memcpy(clock, &four, sizeof(four));
}

/* Sets a thread's entry. As a whole four: what is read as one must not have
 * been written in parts just before, or the processor waits. */
static inline void clock_set(uint32_t *clock, uint32_t thread, uint32_t value)
{
	const int32_t lane = (int32_t)(thread % CLOCK_FOUR);
	const clock_four lanes = {0, 1, 2, 3};
	const clock_four is_its = lanes == lane;
	const clock_four values = (int32_t)value - (clock_four){0};
	uint32_t *four = clock + (thread - thread % CLOCK_FOUR);

	clock_store(four, (values & is_its) | (clock_load(four) & ~is_its));
}

static inline void clock_copy(uint32_t *clock, const uint32_t *other,
			      uint32_t count)
{
	for (uint32_t i = 0; i < count; i += CLOCK_FOUR)
		clock_store(clock + i, clock_load(other + i));
}

/* Whether the clock knows of all that the other one knows of. */
static inline bool clock_knows(const uint32_t *clock, const uint32_t *other,
			       uint32_t count)
{
	clock_four news = {0};
	uint64_t halves[2];

	for (uint32_t i = 0; i < count; i += CLOCK_FOUR)
		news |= clock_load(clock + i) < clock_load(other + i);
	__builtin_memcpy(halves, &news, sizeof(halves));
	return (halves[0] | halves[1]) == 0;
}

/* Raises the clock to all that the other one knows of. */
static inline void clock_raise(uint32_t *clock, const uint32_t *other,
			       uint32_t count)
{
	for (uint32_t i = 0; i < count; i += CLOCK_FOUR) {
		clock_four a = clock_load(clock + i);
		clock_four b = clock_load(other + i);
		clock_four is_less = a < b;

		clock_store(clock + i, (b & is_less) | (a & ~is_less));
	}
}

#endif
