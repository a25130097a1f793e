/*
 * See estimate.h.
 */
#include "strategy/estimate.h"

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

struct estimate estimate_of_known(double size)
{
	return (struct estimate){KNOWN_LOW * size, KNOWN_HIGH * size};
}

struct estimate estimate_of_planned(double size)
{
	return (struct estimate){PLANNED_LOW * size, PLANNED_HIGH * size};
}
