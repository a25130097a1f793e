/*
 * What kind of file the command was given, before anything is started.
 */
#ifndef EXPLORER_SYMBOLS_ELF_H
#define EXPLORER_SYMBOLS_ELF_H

#include <stdbool.h>

enum elf_kind {
	ELF_KIND_GOOD,		 /* a program that explorer cc has linked */
	ELF_KIND_MISSING,	 /* there is no such file */
	ELF_KIND_UNREADABLE,	 /* it cannot be opened; errno says why */
	ELF_KIND_NOT_ELF,	 /* a folder, a script, a text ... */
	ELF_KIND_OTHER_MACHINE,	 /* for another kind of processor */
	ELF_KIND_NOT_EXECUTABLE, /* an object file, a library */
	ELF_KIND_NOT_PERMITTED,	 /* may not be executed; errno says why */
	ELF_KIND_STATIC,	 /* needs no loader: nothing can take it over */
	ELF_KIND_LIBTSAN,	 /* the compiler's own library got linked */
	ELF_KIND_NOT_EXPLORER,	 /* linked without libexplorer.so */
};

/* A build id has 20 bytes, or fewer; some linkers are told to write more. */
#define ELF_BUILD_ID_MAX 64

struct elf_facts {
	char build_id[2 * ELF_BUILD_ID_MAX + 1]; /* hex; "" if there is none */
	bool has_tls;	  /* it has thread-local variables of its own */
	bool gives_names; /* it calls explorer_watch() */
};

/* Never fails: what could not be found out about a file that is not good is
 * empty in *ret_facts, which may be NULL. */
enum elf_kind elf_inspect(const char *path, struct elf_facts *ret_facts);

/* True if the file, a program or library, has thread-local variables. */
bool elf_has_tls(const char *path);

/* True if the program calls explorer_watch(). */
bool elf_gives_names(const char *path);

#endif
