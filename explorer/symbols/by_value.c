/*
 * Functions that take or return a struct by value. See by_value.h.
 */
#include "symbols/by_value.h"

#include <dwarf.h>

#include "symbols/state.h"

static bool is_struct(Dwarf_Die die)
{
	struct type type;

	if (!dwarf_hasattr_integrate(&die, DW_AT_type) || !type_of(die, &type))
		return false;
	return type_kind(type) == TYPE_STRUCT || type_kind(type) == TYPE_UNION;
}

static bool passes_struct(Dwarf_Die function)
{
	Dwarf_Die die;

	if (is_struct(function))
		return true;
	if (dwarf_child(&function, &die) != 0)
		return false;
	do {
		if (dwarf_tag(&die) == DW_TAG_formal_parameter &&
		    is_struct(die))
			return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

static bool is_of_c(Dwarf_Die unit)
{
	switch (dwarf_srclang(&unit)) {
	case DW_LANG_C:
	case DW_LANG_C89:
	case DW_LANG_C99:
	case DW_LANG_C11:
		return true;
	default:
		return false;
	}
}

static size_t count_in(Dwarf_Die unit, Dwarf_Addr *ret_first)
{
	Dwarf_Die die;
	Dwarf_Addr start = 0;
	size_t count = 0;

	if (!is_of_c(unit) || dwarf_child(&unit, &die) != 0)
		return 0;
	do {
		if (dwarf_tag(&die) != DW_TAG_subprogram ||
		    dwarf_lowpc(&die, &start) != 0 || !passes_struct(die))
			continue;
		if (count++ == 0)
			*ret_first = start;
	} while (dwarf_siblingof(&die, &die) == 0);
	return count;
}

size_t symbols_by_value(struct symbols *symbols, struct source_place *ret_first)
{
	struct module *module = symbols_module(symbols, 0);
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	Dwarf_Addr first = 0;
	size_t count = 0;

	while (module && module->dwarf &&
	       dwarf_get_units(module->dwarf, unit, &unit, NULL, NULL, &die,
			       NULL) == 0) {
		Dwarf_Addr here = 0;
		size_t more = count_in(die, &here);

		if (count == 0 && more > 0)
			first = here;
		count += more;
	}
	if (count > 0)
		symbols_place(symbols,
			      (struct code_place){.module = 0, .offset = first},
			      ret_first);
	return count;
}
