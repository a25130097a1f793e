/*
 * The tables of op.def: names and classes.
 */
#include "trace/operation.h"

#include <assert.h>
#include <string.h>

static const char *const names[] = {
#define OP(identifier, name, class, object, traits) name,
#include "trace/op.def"
#undef OP
};

const uint8_t op_classes[OP_COUNT] = {
#define OP(identifier, name, class, object, traits) OP_CLASS_##class,
#include "trace/op.def"
#undef OP
};

const uint8_t op_objects[OP_COUNT + 1] = {
#define OP(identifier, name, class, object, traits) OP_OBJECT_##object,
#include "trace/op.def"
#undef OP
	OP_OBJECT_UNKNOWN,
};

#define ACCESS	 OP_TRAIT_ACCESS
#define READS	 OP_TRAIT_READS
#define WRITES	 OP_TRAIT_WRITES
#define ATOMIC	 OP_TRAIT_ATOMIC
#define BLOCKS	 OP_TRAIT_BLOCKS
#define FAILS	 OP_TRAIT_FAILS
#define RELEASES OP_TRAIT_RELEASES
#define ACQUIRES OP_TRAIT_ACQUIRES
#define VARIES	 OP_TRAIT_VARIES
#define QUEUES	 OP_TRAIT_QUEUES
#define LOOKS	 OP_TRAIT_LOOKS
#define TRIES	 OP_TRAIT_TRIES
#define PASSES	 OP_TRAIT_PASSES

const uint16_t op_traits[OP_COUNT + 1] = {
#define OP(identifier, name, class, object, traits)                            \
	[OP_##identifier] =                                                    \
		(traits) |                                                     \
		(OP_CLASS_##class == OP_CLASS_ENDING ? OP_TRAIT_ENDS : 0),
#include "trace/op.def"
#undef OP
};

static_assert(sizeof(names) / sizeof(names[0]) == OP_COUNT,
	      "one row for each kind of operation");

const char *op_name(enum op op)
{
	assert(op < OP_COUNT);
	return names[op];
}

enum op op_by_name(const char *name)
{
	unsigned op = 0;

	while (op < OP_COUNT && strcmp(names[op], name) != 0)
		op++;
	return (enum op)op;
}
