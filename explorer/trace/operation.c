/*
 * The tables of op.def: names and classes.
 */
#include "trace/operation.h"

#include <assert.h>
#include <string.h>

static const struct {
	const char *name;
	enum op_class class;
} table[] = {
#define OP(identifier, name, class, object) {name, OP_CLASS_##class},
#include "trace/op.def"
#undef OP
};

static_assert(sizeof(table) / sizeof(table[0]) == OP_COUNT,
	      "one row for each kind of operation");

const char *op_name(enum op op)
{
	assert(op < OP_COUNT);
	return table[op].name;
}

enum op op_by_name(const char *name)
{
	unsigned op = 0;

	while (op < OP_COUNT && strcmp(table[op].name, name) != 0)
		op++;
	return (enum op)op;
}

enum op_class op_class(enum op op)
{
	assert(op < OP_COUNT);
	return table[op].class;
}
