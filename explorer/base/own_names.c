/*
 * The library's own memcpy and kin: the C library's, found behind our own
 * exports; plain loops until own_names_init() has found them.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Without it, gcc turns the loops below into calls of what they define. */
#define PLAIN_LOOP __attribute__((optimize("no-tree-loop-distribute-patterns")))

typedef void *copy_function(void *, const void *, size_t);
typedef void *set_function(void *, int, size_t);
typedef int compare_function(const void *, const void *, size_t);
typedef size_t length_function(const char *);
typedef void *find_function(const void *, int, size_t);
typedef int order_function(const char *, const char *);

PLAIN_LOOP static void *loop_move(void *to, const void *from, size_t bytes)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (t <= f) {
		for (size_t i = 0; i < bytes; i++)
			t[i] = f[i];
	} else {
		for (size_t i = bytes; i > 0; i--)
			t[i - 1] = f[i - 1];
	}
	return to;
}

PLAIN_LOOP static void *loop_set(void *to, int value, size_t bytes)
{
	uint8_t *t = to;

	for (size_t i = 0; i < bytes; i++)
		t[i] = (uint8_t)value;
	return to;
}

PLAIN_LOOP static int loop_compare(const void *a, const void *b, size_t bytes)
{
	const uint8_t *x = a;
	const uint8_t *y = b;

	for (size_t i = 0; i < bytes; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

PLAIN_LOOP static size_t loop_length(const char *string)
{
	size_t length = 0;

	while (string[length])
		length++;
	return length;
}

PLAIN_LOOP static int loop_order(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (uint8_t)*a - (uint8_t)*b;
}

PLAIN_LOOP static void *loop_find(const void *bytes, int value, size_t length)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < length; i++)
		if (at[i] == (uint8_t)value)
			return (void *)(uintptr_t)(at + i);
	return NULL;
}

static copy_function *copy = loop_move;
static copy_function *move = loop_move;
static set_function *set = loop_set;
static compare_function *compare = loop_compare;
static length_function *length_of = loop_length;
static order_function *order = loop_order;
static find_function *find_byte = loop_find;

/* Leaves *function alone where the C library has no such name. */
static void find(void *function, const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (found)
		*(void **)function = found;
}

void own_names_init(void)
{
	find(&copy, "memcpy");
	find(&move, "memmove");
	find(&set, "memset");
	find(&compare, "memcmp");
	find(&length_of, "strlen");
	find(&order, "strcmp");
	find(&find_byte, "memchr");
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
	return copy(to, from, bytes);
}

void *memmove(void *to, const void *from, size_t bytes)
{
	return move(to, from, bytes);
}

void *memset(void *to, int value, size_t bytes)
{
	return set(to, value, bytes);
}

int memcmp(const void *a, const void *b, size_t bytes)
{
	return compare(a, b, bytes);
}

size_t strlen(const char *string)
{
	return length_of(string);
}

int strcmp(const char *a, const char *b)
{
	return order(a, b);
}

void *memchr(const void *bytes, int value, size_t length)
{
	return find_byte(bytes, value, length);
}

static void say(const char *text)
{
	syscall(SYS_write, STDERR_FILENO, text, strlen(text));
}

_Noreturn void __assert_fail(const char *expression, const char *file,
			     unsigned line, const char *function)
{
	(void)line;
	say("explorer: internal error: ");
	say(file);
	say(": ");
	say(function);
	say(": ");
	say(expression);
	say("\n");
	__builtin_trap();
}
