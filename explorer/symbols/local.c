/*
 * From a place in a function's frame to the local variable that lies there.
 */
#include <dwarf.h>
#include <stdlib.h>

#include "base/text.h"
#include "symbols/path.h"
#include "symbols/state.h"

/* What is looked for, and where it lies within what was found. */
struct search {
	const struct frame_place *frame;
	Dwarf_Die die;
	uint64_t within;
};

/* Where a variable lies in its function's frame, from its top, as compilers say
 * it without optimisation: there, or what a pointer there points to, as an
 * array of variable length. */
static bool frame_offset(Dwarf_Die *die, int64_t *ret_offset,
			 bool *ret_is_pointer)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t count;

	if (!dwarf_attr_integrate(die, DW_AT_location, &attribute) ||
	    dwarf_getlocation(&attribute, &ops, &count) != 0 || count == 0 ||
	    count > 2 || ops[0].atom != DW_OP_fbreg ||
	    (count == 2 && ops[1].atom != DW_OP_deref))
		return false;
	*ret_offset = (int64_t)ops[0].number;
	*ret_is_pointer = count == 2;
	return true;
}

/* Is the pointer that lies there one of those? */
static bool is_pointed_to(const struct frame_place *frame, int64_t offset,
			  uint64_t *ret_within)
{
	for (uint32_t i = 0; i < frame->pointer_count; i++)
		if (frame->pointers[i].offset == offset) {
			*ret_within = frame->pointers[i].before;
			return true;
		}
	return false;
}

static bool is_variable(Dwarf_Die *die)
{
	int tag = dwarf_tag(die);

	return (tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) &&
	       dwarf_diename(die);
}

/* Does the variable hold what is looked for? */
static bool holds(struct search *search, Dwarf_Die *die, struct type type)
{
	int64_t start;
	bool is_pointer;

	if (!frame_offset(die, &start, &is_pointer))
		return false;
	if (is_pointer)
		return is_pointed_to(search->frame, start, &search->within);
	search->within = (uint64_t)(search->frame->offset - start);
	return search->frame->offset >= start &&
	       search->within < type_bytes(type);
}

/* The variable of this scope that holds it. Of arrays of variable length those
 * that were made later lie lower: theirs is the nearer pointer. */
static bool find_in_scope(struct search *search, Dwarf_Die *scope)
{
	struct search nearest = {.within = UINT64_MAX};
	Dwarf_Die die;

	if (dwarf_child(scope, &die) != 0)
		return false;
	do {
		struct type type;

		search->die = die;
		if (is_variable(&die) && type_of(die, &type) &&
		    holds(search, &die, type) &&
		    search->within < nearest.within)
			nearest = *search;
	} while (dwarf_siblingof(&die, &die) == 0);
	*search = nearest.within == UINT64_MAX ? *search : nearest;
	return nearest.within != UINT64_MAX;
}

static char *local_named(struct search *search, const char *function,
			 uint64_t size)
{
	struct buffer text = {0};
	struct type type;

	text_add(&text, "local \"%s", dwarf_diename(&search->die));
	if (type_of(search->die, &type))
		path_add(&text, type, search->within, size);
	text_add(&text, "\" of %s()", function);
	return (char *)text.data;
}

char *symbols_local(struct symbols *symbols, const struct frame_place *frame,
		    uint64_t size)
{
	struct code_place place = frame->place;
	struct module *module = symbols_module(symbols, place.module);
	struct search search = {.frame = frame};
	struct source_place function;
	Dwarf_Die *scopes = NULL;
	char *name = NULL;
	Dwarf_Die unit;
	int count;

	if (!module || !module->dwarf ||
	    !dwarf_addrdie(module->dwarf, place.offset, &unit) ||
	    !symbols_place(symbols, place, &function) || !function.function)
		return NULL;
	count = dwarf_getscopes(&unit, place.offset, &scopes);
	for (int i = 0; i < count && !name; i++)
		if (find_in_scope(&search, &scopes[i]))
			name = local_named(&search, function.function, size);
	free(scopes);
	return name ? name
		    : text_format("stack memory of %s()", function.function);
}
