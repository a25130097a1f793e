/*
 * Bytes in base 64 (RFC 4648, with padding).
 */
#ifndef EXPLORER_REPORT_BASE64_H
#define EXPLORER_REPORT_BASE64_H

#include <stddef.h>

/* Returns a new string; owned by the caller, who frees it with free(). */
char *base64_encode(const void *bytes, size_t length);

#endif
