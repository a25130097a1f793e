/*
 * From an address in the code to its place in the source.
 */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "symbols/demangle.h"
#include "symbols/file.h"
#include "symbols/state.h"

/* gcc lists which unit an address belongs to; clang leaves that out. */
static bool find_unit(Dwarf *dwarf, Dwarf_Addr address, Dwarf_Die *ret_unit)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	Dwarf_Die split;
	uint8_t kind;

	if (dwarf_addrdie(dwarf, address, ret_unit))
		return true;
	while (dwarf_get_units(dwarf, unit, &unit, NULL, &kind, &die, &split) ==
	       0) {
		if (dwarf_haspc(&die, address) != 1)
			continue;
		*ret_unit = kind == DW_UT_skeleton && dwarf_tag(&split) ? split
									: die;
		return true;
	}
	return false;
}

/* The innermost function, where calls have been inlined. Owned by the
 * caller; NULL if unknown. */
static char *function_in(Dwarf_Die *unit, Dwarf_Addr address)
{
	Dwarf_Die *scopes = NULL;
	int count = dwarf_getscopes(unit, address, &scopes);
	char *function = NULL;

	for (int i = 0; i < count && !function; i++) {
		int tag = dwarf_tag(&scopes[i]);
		const char *name = dwarf_diename(&scopes[i]);

		if (name && (tag == DW_TAG_subprogram ||
			     tag == DW_TAG_inlined_subroutine))
			function = text_format("%s", name);
	}
	free(scopes);
	return function;
}

static const char *unit_folder(Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;

	return dwarf_attr(unit, DW_AT_comp_dir, &attribute)
		       ? dwarf_formstring(&attribute)
		       : NULL;
}

static void find_line(const struct symbols *symbols, Dwarf_Die *unit,
		      Dwarf_Addr address, struct source_place *place)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, address);
	const char *source;
	char *path;
	int number;

	if (!line)
		return;
	source = dwarf_linesrc(line, NULL, NULL);
	if (!source)
		return;
	path = file_absolute(unit_folder(unit), source);
	place->file = file_shown(symbols->folder, path);
	free(path);
	if (dwarf_lineno(line, &number) == 0 && number > 0)
		place->line = (unsigned)number;
}

/* Whether a function's whole name has that part, which may say what a template
 * was made with where the whole name does not. */
static bool has_part(const char *function, const char *part)
{
	bool is_operator = strncmp(part, "operator", 8) == 0;
	size_t length = is_operator ? strlen(part) : strcspn(part, "<");

	return memmem(function, strlen(function), part, length) != NULL;
}

/* In C++ the debug information has only the last part of a name. */
static void name_by_symbol(struct source_place *place, const char *symbol)
{
	char *function = demangle_function(symbol);

	if (function && place->function &&
	    !has_part(function, place->function)) {
		/* It has been inlined into this one. */
		free(function);
		return;
	}
	if (!function && !place->function)
		function = text_format("%s", symbol);
	if (!function)
		return;
	free(place->function);
	place->function = function;
}

static struct source_place *find_place(struct symbols *symbols,
				       struct code_place code)
{
	struct source_place *place = memory_new(sizeof(*place));
	struct module *module = symbols_module(symbols, code.module);
	const struct variable *symbol;
	Dwarf_Die unit;

	if (!module)
		return place;
	if (module->dwarf && find_unit(module->dwarf, code.offset, &unit)) {
		place->function = function_in(&unit, code.offset);
		find_line(symbols, &unit, code.offset, place);
	}
	symbol = variables_at(&module->variables, false, code.offset);
	if (symbol && symbol->is_function)
		name_by_symbol(place, symbol->name);
	return place;
}

bool symbols_place(struct symbols *symbols, struct code_place place,
		   struct source_place *ret_place)
{
	uint64_t key[] = {place.module, place.offset};
	struct source_place *known =
		cache_get(&symbols->places, key, sizeof(key));

	if (!known) {
		known = find_place(symbols, place);
		*cache_slot(&symbols->places, key, sizeof(key)) = known;
	}
	*ret_place = *known;
	return known->file || known->function;
}
