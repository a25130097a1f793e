/*
 * How many executions a search that goes depth first will have made in the end.
 *
 * Idea. The children of a node that are still to come are about as large as
 * those that are there (Knuth, "Estimating the efficiency of backtrack
 * programs", 1975, for a path drawn at random; here the path is the one that
 * the search is on, and what it has finished beside it is known exactly):
 *
 *     size(node) = mean(finished children, the one under way) x all children
 *
 * from the deepest node up. The number of children to come is what is planned
 * now; dpor plans more while it runs, so that its numbers come out too small at
 * first. How far they are off was measured, on searches of known size, and is
 * what the range stands for.
 */
#ifndef EXPLORER_STRATEGY_ESTIMATE_H
#define EXPLORER_STRATEGY_ESTIMATE_H

#include <stdbool.h>
#include <stdint.h>

/* A range; a guess, not a bound. Zeroed: nothing can be said. */
struct estimate {
	double low;
	double high;
};

/* What is finished below a node: zeroed, nothing. */
struct grown {
	uint64_t children;
	uint64_t executions;
};

/* A child is finished: returns how many executions that makes below the node.
 */
uint64_t grown_add(struct grown *grown, uint64_t executions);

/* The size of a node: `below` is that of the child under way, negative if there
 * is none; `planned` children are still to come. */
double estimate_node(const struct grown *grown, double below, uint64_t planned);

/* As the measurements have it: of a search whose children are known from the
 * start, and of one that plans as it goes. */
struct estimate estimate_of_known(double size);
struct estimate estimate_of_planned(double size);

#endif
