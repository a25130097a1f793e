/*
 * Compiled with the instrumentation under test. Whatever is copied lies in the
 * section "subject", which is filled with random bytes before each run;
 * indices and pointers do not.
 */
#include "statements.h"

#include <complex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#define SUBJECT __attribute__((section("subject")))

extern char __start_subject[] __attribute__((visibility("hidden")));
extern char __stop_subject[] __attribute__((visibility("hidden")));

void statements_memory(char **ret_begin, char **ret_end)
{
	*ret_begin = __start_subject;
	*ret_end = __stop_subject;
}

extern const struct statement __start_statements[]
	__attribute__((visibility("hidden")));
extern const struct statement __stop_statements[]
	__attribute__((visibility("hidden")));

const struct statement *statements_all(size_t *ret_count)
{
	*ret_count = (size_t)(__stop_statements - __start_statements);
	return __start_statements;
}

/* Lists that a reader wants as lists. */
/* clang-format off */

/* --- What is copied --- */

struct words { long a, b, c; };
struct outer { int before; struct words in; int after; };
struct flags { unsigned a : 3, b : 5, c : 11; };
struct mixed { char c; double d; float f; void *p; short s[3]; };
struct __attribute__((packed)) packed { char c; long l; int i; };
union either { long l; char c[12]; double d; };
typedef int vector __attribute__((vector_size(16)));
enum colour { RED, GREEN };

SUBJECT struct words s, t, u, array[10], other[10], cube[3][5][7];
SUBJECT struct outer outer, outer2;
SUBJECT struct flags flags, flags2;
SUBJECT struct mixed mixed, mixed2;
SUBJECT struct packed packed, packed2;
SUBJECT union either either, either2;
SUBJECT volatile struct words vs, vt;
SUBJECT struct words big[40], big2[40];
SUBJECT struct { struct words w[40]; } whole, whole2;
SUBJECT int x, y, z, ints[10], ints2[10];
SUBJECT char c, d, chars[64], chars2[64];
SUBJECT short h, h2;
SUBJECT long l, l2;
SUBJECT float f, f2;
SUBJECT double g, g2;
SUBJECT long double ld, ld2;
SUBJECT __int128 i128, i128b;
SUBJECT float _Complex cf, cf2;
SUBJECT double _Complex cd, cd2;
SUBJECT vector v, v2;
SUBJECT enum colour colour, colour2;
SUBJECT volatile int vx, vy;
static __thread struct words tls, tls2;

/* --- What leads there --- */

static struct words *p = &s, *q = &t;
static struct { struct words *at; int i; } *where, where_[2] = {
	{array, 3}, {other, 4},
};
static int *px = ints, *qx = ints2;
static int i = 2, j = 3, k = 4;
static int n = 5;
static unsigned turn;

static struct words made(long a) { return (struct words){a, a + 1, a + 2}; }
static long taken(struct words w) { return w.a; }
static void scramble(struct words *w) { w->a = l; w->b = l2; w->c = ~l; }

static void variadic(int count, ...)
{
	va_list arguments;

	va_start(arguments, count);
	s = va_arg(arguments, struct words);
	va_end(arguments);
}

/* --- The statements --- */

#define PASTE_(a, b) a##b
#define PASTE(a, b)  PASTE_(a, b)
#define ENTRY(id, hooks, source)                                               \
	static const struct statement PASTE(entry, id)                         \
		__attribute__((section("statements"), used, aligned(8))) = {   \
			source, hooks, PASTE(run, id)};
#define S_(id, hooks, ...)                                                     \
	static void PASTE(run, id)(void) { __VA_ARGS__; }                      \
	ENTRY(id, hooks, #__VA_ARGS__)
#define S(hooks, ...) S_(__COUNTER__, hooks, __VA_ARGS__)

/* copies */
S("Cr", s = t)
S("rrCr", *p = *q)
S("rCr", s = *q)
S("rCr", *p = t)
S("rrCr", array[i] = other[j])
S("rrrrrrCr", cube[i - 1][j][k] = cube[j - 2][k][i])
S("rCr", array[i] = array[0])
S("Cr", outer.in = t)
S("Cr", s = outer.in)
S("Cr", outer = outer2)
S("wrrrrrCr", where = where_; where[0].at[i] = other[where[1].i])
S("Cr", flags = flags2)
S("Cr", mixed = mixed2)
S("Cr", packed = packed2)
S("Cr", either = either2)
S("Cr", vs = vt)
S("Cr", whole = whole2)
S("CrCr", s = t = u)
S("CrCrCrrwrwrw", struct words w = s; s = t; t = w; scramble(&w))
S("rCr", s = i ? t : u)
S("Cr", memcpy(&s, &t, sizeof s))
S("rwrCr", struct words *a = &array[turn++ % 10]; *a = *q)
S("Cr", struct words *a = &s; *a = *(&t))
S("Cr", ({ s = t; }))
S("CrrwrwrwrwCr", struct words w; w = t; scramble(&w); w.a = x; s = w)
S("CrCrCr", tls2 = t; tls = tls2; s = tls)
S("rCr", struct words (*m)[n] = (void *)array; int e = 0; m[e][e] = t)
S("rwCr", variadic(1, t))
/* near misses */
S("rw", x = y)
S("rrrw", ints[i] = ints2[j])
S("rwrwrw", *px++ = *qx++)
S("rwrw", x += 1; y += 1)
S("rwrw", x = y; z = x)
S("wr", x = 5; if (y) return)
S("wr", s.a = 5; if (t.b) return)
S("www", s = (struct words){1, 2, 3})
S("rrrwww", s = (struct words){l, l2, x})
S("rw", flags.a = flags2.b)
S("rwrw", flags.c = 3 + flags2.b; flags.b = flags.c)
S("rw", c = d)
S("rw", h = h2)
S("rw", l = l2)
S("rw", f = f2)
S("rw", g = g2)
S("rw", ld = ld2)
S("rw", i128 = i128b)
S("rw", cf = cf2)
S("rw", cd = cd2)
S("rw", v = v2)
S("rw", vx = vy)
S("rw", colour = colour2)
S("rw", memcpy(&x, &y, sizeof x))
S("rw", memcpy(ints, ints2, 8))
S("r", s = made(l))
S("w", x = (int)taken(t))
S("rrw", struct words w; w = t; w.a = x; y = (int)w.b)
S("", memcpy(chars, chars2, 13))
S("", memset(&s, 7, sizeof s))
S("wrw", s = (struct words){0}; x = y)
S("wrw", whole = (__typeof__(whole)){0}; x = y)
S("rwrwrwrwr", struct words w; scramble(&w); w.a = x; if (w.b) return)
S("wr", struct words w; struct words *a = &w; a->a = 5; if (x) return)
S("rw", int a, *b = &a; *b = x)


/* Every size, by way of a global, a pointer and an array. */

#define N(size)                                                                \
	struct bytes##size { char c[size]; };                                  \
	SUBJECT struct bytes##size to##size[3], from##size[3];                 \
	static struct bytes##size *by_pointer##size = &to##size[2];            \
	S("Cr", to##size[0] = from##size[0])                                   \
	S("rrCr", *by_pointer##size = from##size[i])                           \
	S("rrw", to##size[i].c[size / 2] = c)
#define TEN(tens)                                                              \
	N(tens##0) N(tens##1) N(tens##2) N(tens##3) N(tens##4) N(tens##5)      \
	N(tens##6) N(tens##7) N(tens##8) N(tens##9)

N(1) N(2) N(3) N(4) N(5) N(6) N(7) N(8) N(9) TEN(1) TEN(2) TEN(3) TEN(4) TEN(5)
TEN(6) TEN(7) TEN(8) TEN(9) TEN(10) TEN(11) TEN(12) TEN(13) TEN(14) TEN(15)
TEN(16) TEN(17) TEN(18) TEN(19) N(200) N(1000) N(5000)
