/*
 * Names of C++ as people write them. The demangler is the C++ library's, which
 * a machine that runs C++ programs has; without it names stay as they are.
 */
#ifndef EXPLORER_SYMBOLS_DEMANGLE_H
#define EXPLORER_SYMBOLS_DEMANGLE_H

/* The function's name without its parameters and what it returns, such as
 * "Queue<int>::push"; of the C++ library's without the arguments of templates,
 * such as "std::map::find"; NULL if the symbol is none of C++'s. The caller's,
 * as is the next one. */
char *demangle_function(const char *symbol);

/* The type that "St13runtime_error" stands for. */
char *demangle_type(const char *name);

#endif
