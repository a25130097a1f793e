/*
 * Reading the trace that the user names.
 */
#ifndef EXPLORER_CLI_TRACE_FILE_H
#define EXPLORER_CLI_TRACE_FILE_H

#include "trace/trace.h"

/* Returns 0; or -1 after one sentence that names the file, and the line. */
int trace_file_read(const char *path, struct trace *ret_trace);

#endif
