/*
 * From a place in a function's frame to the local variable that lies there.
 */
#include <dwarf.h>
#include <stdlib.h>

#include "base/text.h"
#include "symbols/path.h"
#include "symbols/state.h"

/* Where a variable lies in its function's frame, from its top, as compilers say
 * it without optimisation. */
static bool frame_offset(Dwarf_Die *die, int64_t *ret_offset)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t count;

	if (!dwarf_attr_integrate(die, DW_AT_location, &attribute) ||
	    dwarf_getlocation(&attribute, &ops, &count) != 0 || count != 1 ||
	    ops[0].atom != DW_OP_fbreg)
		return false;
	*ret_offset = (int64_t)ops[0].number;
	return true;
}

/* The variable of this scope that holds the offset. */
static bool find_in_scope(Dwarf_Die *scope, int64_t offset, Dwarf_Die *ret_die,
			  int64_t *ret_start)
{
	Dwarf_Die die;

	if (dwarf_child(scope, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);
		struct type type;

		if ((tag != DW_TAG_variable &&
		     tag != DW_TAG_formal_parameter) ||
		    !dwarf_diename(&die) || !frame_offset(&die, ret_start) ||
		    !type_of(die, &type))
			continue;
		*ret_die = die;
		if (offset >= *ret_start &&
		    (uint64_t)(offset - *ret_start) < type_bytes(type))
			return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

static char *local_named(Dwarf_Die *die, const char *function, uint64_t offset,
			 uint64_t size)
{
	struct buffer text = {0};
	struct type type;

	text_add(&text, "local \"%s", dwarf_diename(die));
	if (type_of(*die, &type))
		path_add(&text, type, offset, size);
	text_add(&text, "\" of %s()", function);
	return (char *)text.data;
}

char *symbols_local(struct symbols *symbols, struct code_place place,
		    int64_t offset, uint64_t size)
{
	struct module *module = symbols_module(symbols, place.module);
	struct source_place function;
	Dwarf_Die *scopes = NULL;
	char *name = NULL;
	int64_t start;
	Dwarf_Die unit;
	Dwarf_Die die;
	int count;

	if (!module || !module->dwarf ||
	    !dwarf_addrdie(module->dwarf, place.offset, &unit) ||
	    !symbols_place(symbols, place, &function) || !function.function)
		return NULL;
	count = dwarf_getscopes(&unit, place.offset, &scopes);
	for (int i = 0; i < count && !name; i++)
		if (find_in_scope(&scopes[i], offset, &die, &start))
			name = local_named(&die, function.function,
					   (uint64_t)(offset - start), size);
	free(scopes);
	return name;
}
