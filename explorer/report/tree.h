/*
 * The tree of a search, for people and for Graphviz.
 */
#ifndef EXPLORER_REPORT_TREE_H
#define EXPLORER_REPORT_TREE_H

#include <stdio.h>

#include "report/terminal.h"
#include "trace/trace_tree.h"

/*
 * Time downwards; where several steps were tried, or one was left out, a line
 * leads to each:
 *
 *     T1 read x = 0
 *     T1 write x = 1           state 2
 *     ├─ T2 read x = 1
 *     └─ T1 unlock m           asleep: ...
 */
void tree_print(const struct terminal *terminal, const struct tree *tree);

void tree_print_dot(FILE *file, const struct tree *tree);

#endif
