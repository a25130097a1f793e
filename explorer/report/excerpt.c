/*
 * Which rows of a long chart are worth a line (see excerpt.h).
 */
#include "report/excerpt.h"

#include <stdlib.h>

#include "base/memory.h"

static bool is_failure(const struct chart_row *row)
{
	return row->unexpected || row->end != END_EXIT;
}

/* Failures first, the rarest of them in front; then the others, the most
 * frequent in front. */
static int compare_telling(const void *left, const void *right)
{
	const struct chart_row *a = *(const struct chart_row *const *)left;
	const struct chart_row *b = *(const struct chart_row *const *)right;
	bool fails = is_failure(a);

	if (fails != is_failure(b))
		return fails ? -1 : 1;
	if (a->count != b->count)
		return (a->count < b->count) == fails ? -1 : 1;
	return (a > b) - (a < b);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

void excerpt_choose(const struct chart *chart, size_t most, bool *ret_shown)
{
	size_t count = chart->row_count;
	const struct chart_row **rows = memory_new(count * sizeof(*rows));
	size_t failures = 0;
	size_t head;
	size_t tail;

	for (size_t i = 0; i < count; i++) {
		rows[i] = &chart->rows[i];
		failures += is_failure(rows[i]);
		ret_shown[i] = false;
	}
	if (count > 0)
		qsort(rows, count, sizeof(struct chart_row *), compare_telling);
	most = smaller(most, count);
	head = smaller(failures, most);
	tail = (most - head) / 2;
	head = most - tail;
	for (size_t i = 0; i < count; i++)
		if (i < head || i >= count - tail)
			ret_shown[rows[i] - chart->rows] = true;
	free(rows);
}
