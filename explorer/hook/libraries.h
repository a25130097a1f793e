/*
 * The loader's functions: dlopen() and dlclose() of libraries that are there
 * already are harmless; others cannot be explored.
 *
 * The loader's record of a library lies in memory of its own and is not
 * rewound, but what it adds later to a record comes from malloc(), so that it
 * is: the record would lead to a block that is no more. So all is added before
 * the first state, and nothing after it.
 */
#ifndef EXPLORER_HOOK_LIBRARIES_H
#define EXPLORER_HOOK_LIBRARIES_H

/* Has the loader add to the record of every library what it does when the
 * library is opened: the list of those that it depends on, and its name. */
void libraries_keep(void);

#endif
