/*
 * The program's errno, around calls of ours that may change it.
 *
 * It lies in memory that is copied once it has been written in an execution: it
 * is put back only if it was changed.
 */
#ifndef EXPLORER_BASE_KEPT_ERRNO_H
#define EXPLORER_BASE_KEPT_ERRNO_H

#include <errno.h>

static inline void errno_put_back(int saved_errno)
{
	if (errno != saved_errno)
		errno = saved_errno;
}

#endif
