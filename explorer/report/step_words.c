/*
 * What a step did, in a few words.
 */
#include "report/step_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "report/words.h"

/* The type of an object is not known here. Most are integers with a sign;
 * what would be a very large one is more likely an address or a fraction. */
static void add_value(struct buffer *text, uint64_t value, uint64_t size)
{
	unsigned unused = size < 8 ? 64 - 8 * (unsigned)size : 0;
	int64_t number = (int64_t)(value << unused) >> unused;
	const int64_t large = INT64_C(1) << 40;

	if (number > large || number < -large)
		text_add(text, "0x%" PRIx64, value);
	else
		text_add(text, "%" PRId64, number);
}

static void add_change(struct buffer *text, const struct step *step)
{
	text_add(text, " = ");
	add_value(text, step->before, step->size);
	if (step->after == step->before)
		return;
	text_add(text, " -> ");
	add_value(text, step->after, step->size);
}

static bool reads(enum op op)
{
	return op == OP_READ || op == OP_ATOMIC_LOAD;
}

static bool updates(enum op op)
{
	return op == OP_ATOMIC_UPDATE || op == OP_ATOMIC_COMPARE;
}

static bool writes(enum op op)
{
	return op == OP_WRITE || op == OP_COPY || op == OP_ATOMIC_STORE ||
	       updates(op);
}

/* What was read, or written; of an update both. Other operations have no value
 * that says more than their result. */
static void add_values(struct buffer *text, const struct step *step)
{
	if (!step->has_values || step->size == 0)
		return;
	if (updates(step->op)) {
		add_change(text, step);
	} else if (reads(step->op) || writes(step->op)) {
		text_add(text, " = ");
		add_value(text, writes(step->op) ? step->after : step->before,
			  step->size);
	}
}

char *step_words(const struct step *step, size_t columns_max)
{
	struct buffer whole = {0};
	struct buffer cell = {0};

	text_add(&whole, "%s", op_name(step->op));
	if (step->object)
		text_add(&whole, " %s", step->object);
	add_values(&whole, step);
	if (step->result)
		text_add(&whole, ": %s", step->result);
	words_escaped(&cell, whole.data, whole.length, columns_max);
	buffer_fini(&whole);
	return (char *)cell.data;
}

const struct step *step_overwritten(const struct trace *trace, size_t index)
{
	const struct step *step = &trace->steps[index];

	while (step->object && index-- > 0) {
		const struct step *earlier = &trace->steps[index];

		if (earlier->thread != step->thread && writes(earlier->op) &&
		    earlier->object &&
		    strcmp(earlier->object, step->object) == 0)
			return earlier;
	}
	return NULL;
}
