/*
 * Named semaphores. See semaphore_named.h.
 */
#include "runtime/semaphore_named.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>

#include "base/hash.h"
#include "runtime/announce.h"
#include "runtime/semaphore.h"
#include "runtime/thing.h"

#define BUCKETS 256U
/* Of one bucket: more names than that have the same hash only by intent. */
#define BUCKET_ENTRIES 16U
/* What is left of the name of a file once it begins with "sem.". */
#define NAME_BYTES (NAME_MAX - 4)

struct entry {
	sem_t semaphore;
	uint32_t opened; /* as often as it was not closed */
	bool is_named;	 /* it can be found */
	char name[NAME_BYTES + 1];
};

static struct entry *bucket_at(uint32_t bucket)
{
	return (struct entry *)LAYOUT_NAMED + (size_t)bucket * BUCKET_ENTRIES;
}

void semaphore_named_init(struct runtime *runtime)
{
	const size_t bytes =
		((BUCKETS * BUCKET_ENTRIES * sizeof(struct entry)) |
		 (PAGE_BYTES - 1)) +
		1;
	void *at = mmap((void *)LAYOUT_NAMED, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
				MAP_FIXED_NOREPLACE,
			-1, 0);

	assert(at == (void *)LAYOUT_NAMED);
	pages_add(&runtime->world.pages, at, bytes);
}

/* --- Entries */

static bool is_in_use(const struct entry *entry)
{
	return entry->is_named || entry->opened > 0;
}

static struct entry *find(uint32_t bucket, const char *name)
{
	struct entry *entries = bucket_at(bucket);

	for (uint32_t i = 0; i < BUCKET_ENTRIES; i++)
		if (entries[i].is_named && strcmp(entries[i].name, name) == 0)
			return &entries[i];
	return NULL;
}

static struct entry *find_free(uint32_t bucket)
{
	struct entry *entries = bucket_at(bucket);

	for (uint32_t i = 0; i < BUCKET_ENTRIES; i++)
		if (!is_in_use(&entries[i]))
			return &entries[i];
	return NULL;
}

/* The entry that a semaphore is, if it is one at all. */
static struct entry *entry_at(uintptr_t address)
{
	const uintptr_t offset = address - LAYOUT_NAMED;
	struct entry *entry;

	if (address < LAYOUT_NAMED || offset % sizeof(*entry) != 0 ||
	    offset / sizeof(*entry) >= (size_t)BUCKETS * BUCKET_ENTRIES)
		return NULL;
	entry = bucket_at(0) + offset / sizeof(*entry);
	return entry->name[0] ? entry : NULL;
}

const char *semaphore_name(uintptr_t address)
{
	const struct entry *entry = entry_at(address);

	return entry ? entry->name : NULL;
}

static uint32_t bucket_of(const struct entry *entry)
{
	return (uint32_t)((size_t)(entry - bucket_at(0)) / BUCKET_ENTRIES);
}

/* --- Operations */

static bool has_slash(const char *name)
{
	for (; *name; name++)
		if (*name == '/')
			return true;
	return false;
}

/* The name as glibc takes it: without slashes in front. NULL and an error if it
 * is none. */
static const char *name_within(const char *name, int *ret_error)
{
	while (*name == '/')
		name++;
	*ret_error = 0;
	if (!*name || has_slash(name))
		*ret_error = EINVAL;
	else if (strlen(name) > NAME_BYTES)
		*ret_error = ENAMETOOLONG;
	return *ret_error ? NULL : name;
}

ON_FIBER static int answer(struct runtime *runtime, int error)
{
	if (error)
		errno = error;
	return runtime->current->result = error ? -1 : 0;
}

/* Looks for a name, or changes what it is the name of. Returns its bucket. */
ON_FIBER static uint32_t announce(struct runtime *runtime, enum op op,
				  const char *name, uintptr_t place)
{
	const uint64_t hash = hash_bytes(name, strlen(name), 1);
	const uint32_t bucket = (uint32_t)(hash % BUCKETS);
	const uintptr_t address = thing_address(THING_NAME, bucket);

	if (thing_note(runtime, address, op != OP_SEM_FIND, place))
		runtime_announce_on(runtime, op, address, place);
	return bucket;
}

/* Returns an error. */
ON_FIBER static int create(struct runtime *runtime, uint32_t bucket,
			   const char *name, unsigned value,
			   struct entry **ret_entry)
{
	struct entry *entry = find_free(bucket);

	if (value > SEM_VALUE_MAX)
		return EINVAL;
	if (!entry)
		return ENOSPC;
	memset(entry, 0, sizeof(*entry));
	memcpy(entry->name, name, strlen(name));
	entry->is_named = true;
	semaphore_set(runtime, &entry->semaphore, value);
	*ret_entry = entry;
	return 0;
}

ON_FIBER sem_t *semaphore_open(struct runtime *runtime, const char *name,
			       int flags, unsigned value, uintptr_t place)
{
	const bool creates = flags & O_CREAT;
	struct entry *entry;
	uint32_t bucket;
	int error;

	name = name_within(name, &error);
	if (!name) {
		errno = error;
		return SEM_FAILED;
	}
	bucket = announce(runtime, creates ? OP_SEM_OPEN : OP_SEM_FIND, name,
			  place);
	entry = find(bucket, name);
	if (entry && creates && (flags & O_EXCL))
		error = value > SEM_VALUE_MAX ? EINVAL : EEXIST;
	else if (!entry && creates)
		error = create(runtime, bucket, name, value, &entry);
	else if (!entry)
		error = ENOENT;
	if (answer(runtime, error) < 0)
		return SEM_FAILED;
	if (entry->opened++ == 0)
		semaphore_revive(runtime, &entry->semaphore);
	return &entry->semaphore;
}

/* The last one to close it has it vanish from the process, as from memory that
 * is unmapped: whoever still uses it uses what is destroyed. Its value stays
 * for who opens it again. */
ON_FIBER int semaphore_close(struct runtime *runtime, sem_t *semaphore,
			     uintptr_t place)
{
	struct entry *entry = entry_at((uintptr_t)semaphore);
	uintptr_t bucket;

	if (!entry) {
		errno = EINVAL;
		return -1;
	}
	bucket = thing_address(THING_NAME, bucket_of(entry));
	thing_note(runtime, bucket, true, place);
	runtime_announce(runtime,
			 &(struct operation){.op = OP_SEM_CLOSE,
					     .order = ORDER_PLAIN,
					     .address = (uintptr_t)semaphore,
					     .source = bucket,
					     .place = place});
	if (entry->opened == 0)
		return answer(runtime, EINVAL);
	if (--entry->opened == 0)
		semaphore_retire(runtime, semaphore);
	return answer(runtime, 0);
}

ON_FIBER int semaphore_unlink(struct runtime *runtime, const char *name,
			      uintptr_t place)
{
	struct entry *entry;
	int error;

	name = name_within(name, &error);
	if (!name) {
		errno = error;
		return -1;
	}
	entry = find(announce(runtime, OP_SEM_UNLINK, name, place), name);
	if (!entry)
		return answer(runtime, ENOENT);
	entry->is_named = false;
	return answer(runtime, 0);
}
