/*
 * Paths of source files, as they are shown.
 */
#ifndef EXPLORER_SYMBOLS_FILE_H
#define EXPLORER_SYMBOLS_FILE_H

/* The path, seen from `folder` (NULL: it is not known) if it is relative,
 * without "." and "..". Owned by the caller: free(). */
char *file_absolute(const char *folder, const char *path);

/* The path relative to `current` if it lies below it, else as it is. Both are
 * absolute; current may be NULL. Owned by the caller: free(). */
char *file_shown(const char *current, const char *path);

#endif
