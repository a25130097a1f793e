/*
 * What a program may say to Explorer. None of it is needed: a program that
 * never includes this header is explored just as well.
 *
 * Wherever the program does not run under a search, nothing happens at all, but
 * that explorer native tells what explorer_watch() has named: explorer_choose()
 * is 0, explorer_assume() lets everything pass. That is so in
 * programs that were built without Explorer, too: the functions are weak, and
 * nothing has to be linked.
 */
#ifndef EXPLORER_H
#define EXPLORER_H

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((weak)) unsigned explorer_hook_choose(unsigned count);
__attribute__((weak)) void explorer_hook_drop(void);
__attribute__((weak)) void explorer_hook_atomic(int begins);
__attribute__((weak)) void explorer_hook_watch(const char *name, void *start,
					       unsigned long bytes);

#ifdef __cplusplus
}
#endif

/* One of 0, 1 ... count - 1: the search goes on with each of them. */
#define explorer_choose(count)                                                 \
	(explorer_hook_choose ? explorer_hook_choose(count) : 0U)

/* Executions in which the condition does not hold are dropped here: they count
 * as cut, and have no outcome and no finding. */
#define explorer_assume(condition)                                             \
	((void)(!explorer_hook_drop || (condition) ||                          \
		(explorer_hook_drop(), 0)))

/*
 * Between these two no other thread does anything that can be seen. Only
 * accesses to memory and output are kept together so: a lock, a wait, a join in
 * between lets others go on before it.
 */
#define explorer_atomic_begin()                                                \
	((void)(explorer_hook_atomic ? explorer_hook_atomic(1) : (void)0))
#define explorer_atomic_end()                                                  \
	((void)(explorer_hook_atomic ? explorer_hook_atomic(0) : (void)0))

/*
 * From now on these bytes are part of how an execution ends, by this name, as
 * variables given to --watch are: of 1, 2, 4 or 8 bytes as a signed number, of
 * others (at most 64) as they are. Unlike those they may be on the heap or
 * local: once they are freed, or their thread has ended, they are not shown.
 * Before a function returns, what is its own has to be given up. The same name
 * again replaces what it stood for; with no bytes (NULL, 0) it stands for none.
 */
#define explorer_watch(name, pointer, size)                                    \
	((void)(explorer_hook_watch                                            \
			? explorer_hook_watch((name), (void *)(pointer),       \
					      (unsigned long)(size))           \
			: (void)0))

#endif
