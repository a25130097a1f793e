/*
 * What a person sees, kept as files below tests/snapshots/. A test that fails
 * shows both; UPDATE_SNAPSHOTS=1 in the environment writes the files anew.
 */
#ifndef TESTS_SUPPORT_SNAPSHOT_H
#define TESTS_SUPPORT_SNAPSHOT_H

/* The test fails unless tests/snapshots/`name` holds exactly `text`. */
void snapshot_expect(const char *name, const char *text);

#endif
