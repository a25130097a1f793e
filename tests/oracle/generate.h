/*
 * Draws random small programs.
 */
#ifndef TESTS_ORACLE_GENERATE_H
#define TESTS_ORACLE_GENERATE_H

#include "oracle/small_program.h"

/* The same seed draws the same program, everywhere. Two or three threads; no
 * condition variables or barriers; locks are only unlocked by their owner. */
void generate(uint64_t seed, struct small_program *ret_program);

/* Two to four threads, most of which wait and signal. */
void generate_waits(uint64_t seed, struct small_program *ret_program);

/* The same with every operation but conditions and barriers: two to four
 * threads that also create, join and detach each other, atomic accesses,
 * ranges, ends of the process. */
void generate_any(uint64_t seed, struct small_program *ret_program);

/* Two or three threads that wait, signal, look whether they are cancelled and
 * cancel those before them. */
void generate_cancels(uint64_t seed, struct small_program *ret_program);

/* Two or three threads with timed waits and readings of the clock, that spin on
 * x until the first has set it, and have atomic sections. */
void generate_spins(uint64_t seed, struct small_program *ret_program);

/* Two to four threads with what commutes, and what it does not commute with:
 * tries, some of whose locks are never given back, posts; and choices. */
void generate_commuting(uint64_t seed, struct small_program *ret_program);

/* Two to four threads that read and write under the read-write lock, wait for
 * each other within, and do not always give it back. */
void generate_readers(uint64_t seed, struct small_program *ret_program);

/* Three or four threads, three of which meet at the barrier; they also spin,
 * have atomic sections, print. */
void generate_meetings(uint64_t seed, struct small_program *ret_program);

#endif
