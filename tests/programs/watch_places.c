/*
 * Names of parts: a field of a struct, an element of an array, and a static of
 * this file.
 *
 * Watch: pair.inner.deep table[2] watch_places.c:own
 * Verdict: verified
 * Outcome: exit 0 pair.inner.deep=2 table[2]=5 watch_places.c:own=6
 */
#include <stddef.h>

static struct {
	int first;
	struct {
		short deep;
	} inner;
} pair = {1, {2}};
static int table[3] = {3, 4, 5};
static int own = 6;

int main(void)
{
	return pair.first + pair.inner.deep + table[2] + own == 14 ? 0 : 1;
}
