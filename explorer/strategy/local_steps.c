/*
 * The table of known steps. See local_steps.h.
 */
#include "strategy/local_steps.h"

#include "base/memory.h"

#define CAPACITY_MIN ((size_t)1 << 10)

static struct local_step *new_table(size_t capacity)
{
	return memory_new(capacity * sizeof(struct local_step));
}

void local_steps_fini(struct local_steps *steps)
{
	memory_free(steps->at, steps->capacity * sizeof(*steps->at));
	memory_free(steps->others,
		    steps->other_capacity * sizeof(*steps->others));
	*steps = (struct local_steps){0};
}

static void put(struct local_steps *steps, const struct local_step *step)
{
	size_t mask = steps->capacity - 1;
	size_t i = local_steps_place(step->component, step->rest, step->taken,
				     step->among) &
		   mask;

	while (steps->at[i].component != 0)
		i = (i + 1) & mask;
	steps->at[i] = *step;
	steps->count++;
}

static void double_table(struct local_steps *steps)
{
	struct local_steps old = *steps;

	steps->capacity = old.capacity ? 2 * old.capacity : CAPACITY_MIN;
	steps->at = new_table(steps->capacity);
	steps->count = 0;
	for (size_t i = 0; i < old.capacity; i++)
		if (old.at[i].component != 0)
			put(steps, &old.at[i]);
	memory_free(old.at, old.capacity * sizeof(*old.at));
}

void local_steps_add_other(struct local_steps *steps, uint32_t slot,
			   uint32_t component)
{
	memory_reserve((void **)&steps->others, &steps->other_capacity,
		       steps->other_count + 1, sizeof(*steps->others));
	steps->others[steps->other_count++] =
		(struct local_step_other){slot, component};
}

void local_steps_add(struct local_steps *steps, const struct local_step *step)
{
	if (2 * (steps->count + 1) > steps->capacity)
		double_table(steps);
	put(steps, step);
}
