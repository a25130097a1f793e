/*
 * Reduction runs the traces of every family of operations once each, and there
 * is no kind of operation that is in no family.
 */
#include <criterion/criterion.h>

#include "strategy/family.h"

#define FAMILY(name)                                                           \
	Test(families, of_##name##_run_once)                                   \
	{                                                                      \
		family_check(&family_##name);                                  \
	}
#include "strategy/families.def"
#undef FAMILY

static const struct family *const families[] = {
#define FAMILY(name) &family_##name,
#include "strategy/families.def"
#undef FAMILY
};

static bool is_in(const struct family *family, enum op op)
{
	for (size_t i = 0; i < family->kind_count; i++)
		if (family->kinds[i] == op)
			return true;
	return false;
}

static bool is_in_any(enum op op)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (is_in(families[i], op))
			return true;
	return false;
}

/* But those which are no step, and the one that ends the search. */
static bool is_wanted(enum op op)
{
	return op_class(op) != OP_CLASS_SILENT && op != OP_UNSUPPORTED;
}

Test(families, have_every_kind)
{
	for (unsigned op = 0; op < OP_COUNT; op++)
		if (is_wanted((enum op)op))
			cr_expect(is_in_any((enum op)op), "no family has %s",
				  op_name((enum op)op));
}
