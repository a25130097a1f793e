/*
 * The order in which outcomes and findings are listed: a function of what they
 * are, never of when they were found. See result.h.
 */
#include "trace/result.h"

#include <stdlib.h>
#include <string.h>

static int compare_sizes(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_strings(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_bytes(const void *a, size_t a_length, const void *b,
			 size_t b_length)
{
	size_t shared = a_length < b_length ? a_length : b_length;
	int order = shared ? memcmp(a, b, shared) : 0;

	return order ? order : compare_sizes(a_length, b_length);
}

/* Decimals of any length, without leading zeros. */
static int compare_integers(const char *a, const char *b)
{
	bool a_negative = *a == '-';
	bool b_negative = *b == '-';
	int order;

	if (a_negative != b_negative)
		return b_negative - a_negative;
	order = compare_sizes(strlen(a), strlen(b));
	if (!order)
		order = strcmp(a, b);
	return a_negative ? -order : order;
}

static int compare_reals(const char *a, const char *b)
{
	long double x = strtold(a, NULL);
	long double y = strtold(b, NULL);

	return (x > y) - (x < y);
}

/* null, then numbers, then the rest by name. */
static int value_rank(enum value_kind kind)
{
	switch (kind) {
	case VALUE_NULL:
		return 0;
	case VALUE_INTEGER:
	case VALUE_BIG:
		return 1;
	case VALUE_REAL:
		return 2;
	case VALUE_BOOL:
		return 3;
	case VALUE_NAME:
		break;
	}
	return 4;
}

static int compare_values(const struct value *a, const struct value *b)
{
	int rank = value_rank(a->kind);
	int order = rank - value_rank(b->kind);

	if (order)
		return order;
	if (rank == 1)
		order = compare_integers(a->text, b->text);
	else if (rank == 2)
		order = compare_reals(a->text, b->text);
	return order ? order : strcmp(a->text, b->text);
}

static int compare_value_lists(const struct outcome *a, const struct outcome *b)
{
	size_t shared = a->value_count < b->value_count ? a->value_count
							: b->value_count;

	for (size_t i = 0; i < shared; i++) {
		int order = compare_values(&a->values[i], &b->values[i]);

		if (order)
			return order;
	}
	return compare_sizes(a->value_count, b->value_count);
}

static int compare_outcomes(const void *left, const void *right)
{
	const struct outcome *a = left;
	const struct outcome *b = right;
	int order = (int)a->end - (int)b->end;

	if (!order)
		order = compare_value_lists(a, b);
	if (!order)
		order = compare_bytes(a->output, a->output_length, b->output,
				      b->output_length);
	if (!order)
		order = compare_sizes(a->output_total, b->output_total);
	if (!order)
		order = compare_sizes(a->output_digest, b->output_digest);
	if (!order)
		order = (a->status > b->status) - (a->status < b->status);
	return order ? order : compare_strings(a->message, b->message);
}

static int compare_findings(const void *left, const void *right)
{
	const struct finding *a = left;
	const struct finding *b = right;
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = compare_strings(a->place.file, b->place.file);
	if (!order)
		order = compare_sizes(a->place.line, b->place.line);
	return order ? order : compare_strings(a->message, b->message);
}

void result_sort(struct result *result)
{
	if (result->outcome_count)
		qsort(result->outcomes, result->outcome_count,
		      sizeof(*result->outcomes), compare_outcomes);
	if (result->finding_count)
		qsort(result->findings, result->finding_count,
		      sizeof(*result->findings), compare_findings);
}
