/*
 * The library's private names for memcpy and its kin.
 *
 * libexplorer.so exports hooks under the names memcpy, strlen ..., and its own
 * calls, the compiler's implicit ones included, must not end up there. This
 * header is included before everything else when the library's files are
 * compiled; it gives the declarations another symbol, which own_names.c
 * defines. Hooks are therefore defined under other C names and exported by an
 * assembler name.
 */
#ifndef EXPLORER_BASE_OWN_NAMES_H
#define EXPLORER_BASE_OWN_NAMES_H
#ifndef __ASSEMBLER__

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from,
	     size_t bytes) __asm__("own_memcpy");
void *memmove(void *to, const void *from, size_t bytes) __asm__("own_memmove");
void *memset(void *to, int value, size_t bytes) __asm__("own_memset");
int memcmp(const void *a, const void *b, size_t bytes) __asm__("own_memcmp");
size_t strlen(const char *string) __asm__("own_strlen");
int strcmp(const char *a, const char *b) __asm__("own_strcmp");
void *memchr(const void *bytes, int value, size_t length) __asm__("own_memchr");
/* A failed assertion of ours is not the program's. */
void __assert_fail(const char *expression, const char *file, unsigned line,
		   const char *function) __asm__("own_assert_fail")
	__attribute__((__noreturn__, __nothrow__));

/* Called once, as early as possible: has the private names go to the C
 * library's functions, which are faster than the loops used until then. */
void own_names_init(void);

#endif
#endif
