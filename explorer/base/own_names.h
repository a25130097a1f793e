/*
 * Included before everything else in each file of the library: there, names of
 * libc that the library itself exports to the program under test must mean
 * libc's own functions, or ours without the hook.
 */
