/*
 * What functions of libc access. See libc_calls.h.
 */
#include "hook/libc_calls.h"

#include <complex.h>
#include <errno.h>
#include <fenv.h>
#include <glob.h>
#include <grp.h>
#include <limits.h>
#include <math.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <search.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <uchar.h>
#include <unistd.h>
#include <utime.h>
#include <wchar.h>
#include <wordexp.h>

#include "base/memory.h"

/* --- What the table says */

/* How the bytes of a range are counted. */
enum extent {
	EXTENT_NONE,
	EXTENT_BYTES,	/* always as many */
	EXTENT_COUNT,	/* by the word `count`, in units */
	EXTENT_PRODUCT, /* by two words */
	EXTENT_STRING,	/* up to the null byte, or to a maximum */
	EXTENT_WIDE,	/* the same of wide characters */
	EXTENT_NUMBER,	/* as far as a number could go */
	EXTENT_WIDE_NUMBER,
	EXTENT_FOUND,	 /* as far as the function gets in `bytes` */
	EXTENT_FOUND_IN, /* as far as it gets in `count` units */
	EXTENT_SIZED,	 /* the word `count` points to a socklen_t */
	EXTENT_SIZED_AT, /* both words point to what says it */
	EXTENT_PARTS,	 /* each part of an iovec of `count` */
	EXTENT_MESSAGE,	 /* what a msghdr tells of */
};

/* As many accesses as any function has. */
#define ACCESSES_MAX 6

#define NO_WORD CALL_WORDS

struct libc_access {
	uint8_t extent;
	bool writes;
	uint8_t word;  /* points to the range */
	uint8_t count; /* NO_WORD: there is no such word */
	uint8_t times;
	uint32_t bytes; /* of all, or of a unit */
};

struct libc_call {
	const char *name;
	unsigned words;
	struct libc_access accesses[ACCESSES_MAX];
};

#define ACCESS(extent, writes, word, count, times, bytes)                      \
	{                                                                      \
		EXTENT_##extent, writes, word, count, times, bytes             \
	}
#define READ(word, bytes)  ACCESS(BYTES, false, word, NO_WORD, NO_WORD, bytes)
#define WRITE(word, bytes) ACCESS(BYTES, true, word, NO_WORD, NO_WORD, bytes)
#define READ_COUNT(word, count, unit)                                          \
	ACCESS(COUNT, false, word, count, NO_WORD, unit)
#define WRITE_COUNT(word, count, unit)                                         \
	ACCESS(COUNT, true, word, count, NO_WORD, unit)
#define WRITE_PRODUCT(word, count, times)                                      \
	ACCESS(PRODUCT, true, word, count, times, 1)
#define READ_STRING(word)	  ACCESS(STRING, false, word, NO_WORD, NO_WORD, 1)
#define WRITE_STRING(word)	  ACCESS(STRING, true, word, NO_WORD, NO_WORD, 1)
#define READ_BOUNDED(word, count) ACCESS(STRING, false, word, count, NO_WORD, 1)
#define READ_WIDE(word)                                                        \
	ACCESS(WIDE, false, word, NO_WORD, NO_WORD, sizeof(wchar_t))
#define WRITE_WIDE(word)                                                       \
	ACCESS(WIDE, true, word, NO_WORD, NO_WORD, sizeof(wchar_t))
#define READ_WIDE_BOUNDED(word, count)                                         \
	ACCESS(WIDE, false, word, count, NO_WORD, sizeof(wchar_t))
#define READ_NUMBER(word) ACCESS(NUMBER, false, word, NO_WORD, NO_WORD, 1)
#define READ_WIDE_NUMBER(word)                                                 \
	ACCESS(WIDE_NUMBER, false, word, NO_WORD, NO_WORD, sizeof(wchar_t))
#define WRITE_FOUND(word, bytes)                                               \
	ACCESS(FOUND, true, word, NO_WORD, NO_WORD, bytes)
#define WRITE_FOUND_IN(word, count, unit)                                      \
	ACCESS(FOUND_IN, true, word, count, NO_WORD, unit)
#define WRITE_SIZED(word, count) ACCESS(SIZED, true, word, count, NO_WORD, 1)
#define READ_SIZED_AT(word, count)                                             \
	ACCESS(SIZED_AT, false, word, count, NO_WORD, 1)
#define WRITE_SIZED_AT(word, count)                                            \
	ACCESS(SIZED_AT, true, word, count, NO_WORD, 1)
#define READ_PARTS(word, count)	 ACCESS(PARTS, false, word, count, NO_WORD, 1)
#define WRITE_PARTS(word, count) ACCESS(PARTS, true, word, count, NO_WORD, 1)
#define READ_MESSAGE(word)	 ACCESS(MESSAGE, false, word, NO_WORD, NO_WORD, 1)
#define WRITE_MESSAGE(word)	 ACCESS(MESSAGE, true, word, NO_WORD, NO_WORD, 1)

static const struct libc_call rows[] = {
#define LIBC_CALL(name, words, ...) {#name, words, {__VA_ARGS__}},
#define LIBC_UNKNOWN(name)	    {#name, CALL_WORDS, {{EXTENT_NONE}}},
#define LIBC_HARMLESS(name)
#include "hook/libc_calls.def"
#undef LIBC_CALL
#undef LIBC_UNKNOWN
#undef LIBC_HARMLESS
};

/* --- How far it goes */

/* More room than this a function is not given for a trial. */
#define TRIAL_BYTES_MAX ((size_t)1 << 20)
#define TRIAL_FILL	0x5a

typedef long words_function(uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d,
			    uintptr_t e, uintptr_t f);

/* Whoever says that there is any room at all says more than there is. */
static size_t trial_room(size_t count, size_t unit)
{
	return count < TRIAL_BYTES_MAX / unit ? count * unit : TRIAL_BYTES_MAX;
}

/* How many bytes of so many the function writes that the word points to. */
static size_t bytes_found(const struct noted_call *call,
			  const struct libc_access *access,
			  const uintptr_t *words, size_t room)
{
	int errno_kept = errno;
	uintptr_t again[CALL_WORDS];
	uint8_t *trial;
	size_t found;

	if (room == 0)
		return 0;
	memcpy(again, words, sizeof(again));
	trial = memory_new(room);
	memset(trial, TRIAL_FILL, room);
	again[access->word] = (uintptr_t)trial;
	if (access->extent == EXTENT_FOUND_IN)
		again[access->count] = room / access->bytes;
	((words_function *)(uintptr_t)call->function)(
		again[0], again[1], again[2], again[3], again[4], again[5]);
	for (found = room; found > 0 && trial[found - 1] == TRIAL_FILL;)
		found--;
	memory_free(trial, room);
	errno = errno_kept;
	return found;
}

/* The bytes up to the null byte, with it, or up to the most. */
static size_t string_bytes(const char *string, size_t most)
{
	size_t length = strnlen(string, most);

	return length < most ? length + 1 : length;
}

static size_t wide_bytes(const wchar_t *string, size_t most)
{
	size_t length = 0;

	while (length < most && string[length])
		length++;
	return (length < most ? length + 1 : length) * sizeof(*string);
}

static bool may_be_in_number(wchar_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '.' || c == '+' || c == '-';
}

/* With the character that ends it. */
static size_t number_bytes(const char *text)
{
	size_t length = strspn(text, " \t\n\v\f\r");

	while (may_be_in_number(text[length]))
		length++;
	return length + 1;
}

static size_t wide_number_bytes(const wchar_t *text)
{
	size_t length = 0;

	while (text[length] == ' ' ||
	       (text[length] >= '\t' && text[length] <= '\r'))
		length++;
	while (may_be_in_number(text[length]))
		length++;
	return (length + 1) * sizeof(*text);
}

static size_t count_of(const struct libc_access *access, const uintptr_t *words)
{
	return access->count == NO_WORD ? SIZE_MAX : words[access->count];
}

/* A number that is negative as the function sees it: it refuses that. */
#define COUNT_MAX ((size_t)INT32_MAX)

static size_t product(size_t count, size_t unit)
{
	return count <= COUNT_MAX && unit <= COUNT_MAX ? count * unit : 0;
}

static size_t bytes_of(const struct noted_call *call,
		       const struct libc_access *access, const uintptr_t *words)
{
	const void *at = (const void *)words[access->word];
	size_t count = count_of(access, words);

	if (!at)
		return 0;
	switch ((enum extent)access->extent) {
	case EXTENT_BYTES:
		return access->bytes;
	case EXTENT_COUNT:
		return product(count, access->bytes);
	case EXTENT_PRODUCT:
		return product(count, words[access->times]);
	case EXTENT_STRING:
		return string_bytes(at, count);
	case EXTENT_WIDE:
		return wide_bytes(at, count);
	case EXTENT_NUMBER:
		return number_bytes(at);
	case EXTENT_WIDE_NUMBER:
		return wide_number_bytes(at);
	case EXTENT_FOUND:
		return bytes_found(call, access, words, access->bytes);
	case EXTENT_FOUND_IN:
		return bytes_found(call, access, words,
				   trial_room(count, access->bytes));
	case EXTENT_SIZED:
		return count ? *(const socklen_t *)count : 0;
	case EXTENT_SIZED_AT:
		return count ? product(*(const size_t *)count, 1) : 0;
	case EXTENT_NONE:
	case EXTENT_PARTS:
	case EXTENT_MESSAGE:
		break;
	}
	return 0;
}

/* --- Announcing it */

/* A range that the function accesses. */
typedef void visit_range(const struct libc_access *access, void *at,
			 size_t bytes, uintptr_t place);

ON_FIBER static void announce(const struct libc_access *access, void *at,
			      size_t bytes, uintptr_t place)
{
	if (access->writes)
		hook_writes(at, bytes, place);
	else if (access->extent == EXTENT_STRING ||
		 access->extent == EXTENT_WIDE)
		hook_reads(at, bytes, place);
	else
		hook_passes_on(at, bytes, place);
}

static void prepare(const struct libc_access *access, void *at, size_t bytes,
		    uintptr_t place)
{
	(void)place;
	if (access->writes)
		hook_let_kernel_write(at, bytes);
}

ON_FIBER static void visit_parts(const struct libc_access *access,
				 const struct iovec *parts, size_t count,
				 visit_range *visit, uintptr_t place)
{
	if (count > IOV_MAX) /* it refuses them */
		return;
	for (size_t i = 0; i < count; i++)
		visit(access, parts[i].iov_base, parts[i].iov_len, place);
}

ON_FIBER static void visit_message(const struct libc_access *access,
				   const struct msghdr *message,
				   visit_range *visit, uintptr_t place)
{
	visit(access, message->msg_name, message->msg_namelen, place);
	visit_parts(access, message->msg_iov, message->msg_iovlen, visit,
		    place);
	visit(access, message->msg_control, message->msg_controllen, place);
}

ON_FIBER static void visit_one(const struct libc_access *access,
			       const uintptr_t *words, size_t bytes,
			       visit_range *visit, uintptr_t place)
{
	void *at = (void *)words[access->word];

	if (!at)
		return;
	if (access->extent == EXTENT_PARTS)
		visit_parts(access, at, words[access->count], visit, place);
	else if (access->extent == EXTENT_MESSAGE)
		visit_message(access, at, visit, place);
	else if (access->extent == EXTENT_SIZED_AT)
		visit(access, *(void **)at, bytes, place);
	else
		visit(access, at, bytes, place);
}

/* All is announced before anything is prepared: in between others may run. */
ON_FIBER static void libc_call_note(const struct noted_call *call,
				    const uintptr_t *words, uintptr_t place)
{
	const struct libc_access *access = call->libc->accesses;
	size_t bytes[ACCESSES_MAX];
	unsigned count = 0;

	if (!hook_runtime->current)
		return;
	while (count < ACCESSES_MAX && access[count].extent) {
		bytes[count] = bytes_of(call, &access[count], words);
		visit_one(&access[count], words, bytes[count], announce, place);
		count++;
	}
	for (unsigned i = 0; i < count; i++)
		visit_one(&access[i], words, bytes[i], prepare, place);
}

struct noted_call libc_call_known(const char *symbol)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, symbol) == 0)
			return (struct noted_call){
				.symbol = rows[i].name,
				.note = rows[i].accesses[0].extent
						? libc_call_note
						: call_note_unknown,
				.words = rows[i].words,
				.libc = &rows[i],
			};
	return (struct noted_call){.note = NULL};
}
