/*
 * Runs statements that were compiled with the instrumentation, between hooks
 * that look at memory: what a write hook has announced must have changed by
 * the next hook, unless the write begins a copy. That is what copy_site.c has
 * to foretell, and memory is the judge.
 *
 *     program [hooks]
 *
 * With `hooks`, the sequence of hooks of each statement is compared with what
 * the statement says, too.
 */
#include "runtime/copy_site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "statements.h"

enum {
	RUNS = 10, /* enough that random bytes differ at least once */
	HOOKS_MAX = 64,
	BYTES_MAX = 8192,
};

/* One call of a hook within a statement, over all of its runs. */
struct call {
	bool is_write;
	bool foretold; /* to begin a copy */
	bool changed;  /* before the next hook, in any run */
};

/* In ld.so, declared nowhere. */
void *__tls_get_addr(void *);

static struct copy_sites sites;
static struct call calls[HOOKS_MAX];
static int calls_count;

/* What the latest hook announced, if it was a write. */
static struct call *pending;
static const char *pending_at;
static size_t pending_bytes;
static char before[BYTES_MAX];

static void settle(void)
{
	if (pending != NULL && memcmp(pending_at, before, pending_bytes) != 0)
		pending->changed = true;
	pending = NULL;
}

static void announce(bool is_write, const struct copy_call *call)
{
	settle();
	if (calls_count == HOOKS_MAX || call->bytes > BYTES_MAX) {
		fprintf(stderr, "a statement too large for this program\n");
		exit(2);
	}
	struct call *this = &calls[calls_count++];
	this->is_write = is_write;
	if (!is_write)
		return;
	this->foretold = copy_sites_begins(&sites, call);
	pending = this;
	pending_at = call->address;
	pending_bytes = call->bytes;
	memcpy(before, pending_at, pending_bytes);
}

/* Must be expanded in the hook itself. */
#define ANNOUNCE(is_write, place, size)                                        \
	announce(is_write,                                                     \
		 &(struct copy_call){                                          \
			 .return_address = __builtin_return_address(0),        \
			 .stack = __builtin_dwarf_cfa(),                       \
			 .frame = *(void **)__builtin_frame_address(0),        \
			 .address = place,                                     \
			 .bytes = size,                                        \
		 })
#define HOOKS(size)                                                            \
	void __tsan_read##size(void *);                                        \
	void __tsan_write##size(void *);                                       \
	void __tsan_read##size(void *place)                                    \
	{                                                                      \
		ANNOUNCE(false, place, size);                                  \
	}                                                                      \
	void __tsan_write##size(void *place)                                   \
	{                                                                      \
		ANNOUNCE(true, place, size);                                   \
	}

HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

void __tsan_read_range(void *, size_t);
void __tsan_read_range(void *place, size_t bytes)
{
	ANNOUNCE(false, place, bytes);
}

void __tsan_write_range(void *, size_t);
void __tsan_write_range(void *place, size_t bytes)
{
	ANNOUNCE(true, place, bytes);
}

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *);
void __tsan_func_entry(void *caller)
{
	(void)caller;
	settle();
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
	settle();
}

/* Fills whole words: the few bytes after them belong to nobody. */
static void fill(char *begin, const char *end, struct random *random)
{
	for (; begin + sizeof(uint64_t) <= end; begin += sizeof(uint64_t)) {
		uint64_t word = random_next(random);

		memcpy(begin, &word, sizeof word);
	}
}

static void complain(const struct statement *statement, const char *what)
{
	fprintf(stderr, "%s: %s:", statement->source, what);
	for (int i = 0; i < calls_count; i++)
		fprintf(stderr, " %s%s%s", calls[i].is_write ? "write" : "read",
			calls[i].foretold ? "-foretold-copy" : "",
			calls[i].changed ? "-done" : "");
	fputc('\n', stderr);
}

/* Says whether memory did what was foretold, and the hooks are those that the
 * statement names. */
static bool holds(const struct statement *statement, bool compare_hooks)
{
	char hooks[HOOKS_MAX + 1] = "";
	bool right = true;

	for (int i = 0; i < calls_count; i++) {
		const struct call *call = &calls[i];

		hooks[i] = !call->is_write ? 'r' : call->foretold ? 'C' : 'w';
		if (call->is_write && call->foretold == call->changed)
			right = false;
	}
	if (!right)
		complain(statement, "memory disagrees");
	if (compare_hooks && strcmp(hooks, statement->hooks) != 0) {
		complain(statement, "other hooks");
		right = false;
	}
	return right;
}

int main(int argc, char **argv)
{
	bool compare_hooks = argc == 2 && strcmp(argv[1], "hooks") == 0;
	const void *reads[] = {
		(void *)__tsan_read1,  (void *)__tsan_read2,
		(void *)__tsan_read4,  (void *)__tsan_read8,
		(void *)__tsan_read16, (void *)__tsan_read_range,
	};
	const void *writes[] = {
		(void *)__tsan_write1,	(void *)__tsan_write2,
		(void *)__tsan_write4,	(void *)__tsan_write8,
		(void *)__tsan_write16, (void *)__tsan_write_range,
	};
	const void *transparent[] = {(void *)__tls_get_addr};
	struct random random;
	char *begin, *end;
	size_t count, copies = 0, wrong = 0;
	const struct statement *all = statements_all(&count);

	copy_sites_init(&sites, &(struct copy_hooks){
					.reads = reads,
					.reads_count = 6,
					.writes = writes,
					.writes_count = 6,
					.transparent = transparent,
					.transparent_count = 1,
				});
	random_seed(&random, 1);
	statements_memory(&begin, &end);
	for (size_t i = 0; i < count; i++) {
		memset(calls, 0, sizeof calls);
		for (int run = 0; run < RUNS; run++) {
			fill(begin, end, &random);
			calls_count = 0;
			all[i].run();
			settle();
		}
		wrong += !holds(&all[i], compare_hooks);
		for (int j = 0; j < calls_count; j++)
			copies += calls[j].foretold;
	}
	copy_sites_fini(&sites);
	printf("%zu statements, %zu copies, %zu wrong\n", count, copies, wrong);
	return wrong != 0 || copies == 0;
}
