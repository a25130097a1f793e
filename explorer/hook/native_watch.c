/*
 * explorer_watch() in a native run. See native_watch.h.
 */
#include "hook/native_watch.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "hook/hook.h"

/* On whose stack the bytes lie, if on anybody's. */
struct named {
	char name[WATCHED_NAME_BYTES];
	const char *start;
	size_t bytes;
	bool on_stack;
	pthread_t thread;
};

/* Threads are real here. */
static struct {
	bool locked;
	bool has_key;
	pthread_key_t key; /* of threads with bytes on their stacks */
	struct named at[WATCHED_MAX]; /* in order of their names */
	uint32_t count;
} all;

bool native_watch_is_used;
uintptr_t native_watch_lowest = UINTPTR_MAX;

static void lock(void)
{
	while (__atomic_test_and_set(&all.locked, __ATOMIC_ACQUIRE))
		REAL(sched_yield)();
}

static void unlock(void)
{
	__atomic_clear(&all.locked, __ATOMIC_RELEASE);
}

static void take_out(uint32_t place)
{
	all.count--;
	memmove(&all.at[place], &all.at[place + 1],
		(all.count - place) * sizeof(all.at[0]));
}

static void put_in(uint32_t place, const struct named *named)
{
	memmove(&all.at[place + 1], &all.at[place],
		(all.count - place) * sizeof(all.at[0]));
	all.at[place] = *named;
	all.count++;
}

static void forget_stack(void *unused)
{
	(void)unused;
	lock();
	for (uint32_t i = all.count; i-- > 0;)
		if (all.at[i].on_stack &&
		    all.at[i].thread == REAL(pthread_self)())
			take_out(i);
	unlock();
}

static bool is_on_own_stack(const char *start)
{
	pthread_attr_t attributes;
	void *low = NULL;
	size_t bytes = 0;

	if (REAL(pthread_getattr_np)(REAL(pthread_self)(), &attributes) != 0)
		return false;
	pthread_attr_getstack(&attributes, &low, &bytes);
	pthread_attr_destroy(&attributes);
	return (uintptr_t)start - (uintptr_t)low < bytes;
}

/* The thread is to say when it ends. */
static void expect_end(void)
{
	lock();
	if (!all.has_key)
		all.has_key =
			REAL(pthread_key_create)(&all.key, forget_stack) == 0;
	unlock();
	if (all.has_key)
		REAL(pthread_setspecific)(all.key, &all);
}

static struct named named_as(const char *name, const char *start, size_t bytes)
{
	pthread_t self = REAL(pthread_self)();
	struct named named = {.start = start,
			      .bytes = bytes,
			      .on_stack = start && is_on_own_stack(start),
			      .thread = self};

	for (size_t i = 0; i + 1 < sizeof(named.name) && name[i]; i++)
		named.name[i] = name[i];
	return named;
}

/* A name too many, or too many bytes, which end a search with a sentence, are
 * not shown. */
void native_watch(const char *name, void *start, size_t bytes)
{
	struct named named = named_as(name, start, bytes);
	uint32_t place = 0;

	if (named.on_stack)
		expect_end();
	lock();
	if (named.on_stack && REAL(gettid)() == REAL(getpid)() &&
	    (uintptr_t)start < native_watch_lowest)
		native_watch_lowest = (uintptr_t)start;
	while (place < all.count && strcmp(all.at[place].name, named.name) < 0)
		place++;
	if (place < all.count && strcmp(all.at[place].name, named.name) == 0)
		take_out(place);
	if (start && bytes > 0 && bytes <= WATCHED_BYTES_MAX &&
	    all.count < WATCHED_MAX)
		put_in(place, &named);
	unlock();
	__atomic_store_n(&native_watch_is_used, true, __ATOMIC_RELAXED);
}

void native_watch_freed(uintptr_t block, size_t bytes)
{
	lock();
	for (uint32_t i = all.count; i-- > 0;)
		if ((uintptr_t)all.at[i].start - block < bytes)
			take_out(i);
	unlock();
}

uint32_t native_watch_list(struct named_bytes ret_named[WATCHED_MAX])
{
	uint32_t count;

	lock();
	for (uint32_t i = 0; i < all.count; i++)
		ret_named[i] = (struct named_bytes){.name = all.at[i].name,
						    .bytes = all.at[i].start,
						    .count = all.at[i].bytes};
	count = all.count;
	unlock();
	return count;
}
