/*
 * Of the races of race_untold.c a search over states knows nothing, and says
 * so.
 *
 * Options: --strategy states
 * Verdict: incomplete
 * Incomplete: races-not-decided
 * Case: cancel
 * Case: name
 * Case: key
 * Case: semaphore
 * Case: random
 * Case: kill
 * Case: lock
 * Case: signal
 */
#include "race_untold.c"
