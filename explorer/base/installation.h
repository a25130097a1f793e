/*
 * Where the things are that belong to the command (the command only).
 */
#ifndef EXPLORER_BASE_INSTALLATION_H
#define EXPLORER_BASE_INSTALLATION_H

/* The path of a file that was built or installed with the command, such as
 * "libexplorer.so": beside the executable, as in build/, or in ../lib/explorer
 * as seen from it. Owned by the caller (free()); NULL if it is in neither. */
char *installation_find(const char *file);

#endif
