/*
 * In no execution has it to end, so that dpor alone goes on for ever: states
 * answers.
 *
 * Options: --strategy auto
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=2
 */
#include "trylock_back_off.c"
