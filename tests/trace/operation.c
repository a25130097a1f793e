/*
 * explorer/trace/operation.c
 */
#include "trace/operation.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

Test(operation, names_are_distinct_and_lead_back)
{
	for (unsigned op = 0; op < OP_COUNT; op++) {
		const char *name = op_name((enum op)op);

		cr_assert(name[0] != '\0');
		/* Traces separate words by blanks. */
		cr_assert(eq(ptr, strpbrk(name, " \t\"#"), NULL));
		cr_assert(eq(uint, op_by_name(name), op));
	}
	cr_assert(eq(uint, op_by_name("reed"), OP_COUNT));
	cr_assert(eq(uint, op_by_name(""), OP_COUNT));
}

Test(operation, classes_are_those_of_the_list)
{
	cr_assert(eq(uint, op_class(OP_READ), OP_CLASS_VISIBLE));
	cr_assert(eq(uint, op_class(OP_MUTEX_LOCK), OP_CLASS_VISIBLE));
	cr_assert(eq(uint, op_class(OP_CREATE), OP_CLASS_SILENT));
	cr_assert(eq(uint, op_class(OP_YIELD), OP_CLASS_SILENT));
	cr_assert(eq(uint, op_class(OP_ABORT), OP_CLASS_ENDING));
}
