/*
 * See estimate.h.
 */
#include "strategy/estimate.h"

#include <float.h>

/* The true number, divided by what is guessed: from and to. Of all that was
 * measured when a tenth was done, nine tenths lie within. */
#define KNOWN_LOW    0.35
#define KNOWN_HIGH   3.5
#define PLANNED_LOW  0.65
#define PLANNED_HIGH 6.5

uint64_t grown_add(struct grown *grown, uint64_t executions)
{
	grown->children++;
	return grown->executions += executions;
}

double estimate_node(const struct grown *grown, double below, uint64_t planned)
{
	bool under_way = below >= 0;
	double size = (double)grown->executions + (under_way ? below : 0);
	double children = (double)(grown->children + under_way);

	/* What is planned is one execution at least. */
	return children > 0 ? size * (children + (double)planned) / children
			    : (double)planned;
}

/* Of what is too large for a number nothing is said. */
static struct estimate estimate_within(double size, double low, double high)
{
	if (size > DBL_MAX / high)
		return (struct estimate){0};
	return (struct estimate){low * size, high * size};
}

struct estimate estimate_of_known(double size)
{
	return estimate_within(size, KNOWN_LOW, KNOWN_HIGH);
}

struct estimate estimate_of_planned(double size)
{
	return estimate_within(size, PLANNED_LOW, PLANNED_HIGH);
}
