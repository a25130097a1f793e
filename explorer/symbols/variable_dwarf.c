#include "symbols/variable_dwarf.h"

#include <dwarf.h>
#include <string.h>

#include "base/memory.h"

/* Where in the source a walk through the debug information is. */
struct walk {
	struct variables *variables;
	struct cache *declared;
	const char *folder;
	const char *file;
	const char *function;
	bool is_in_type; /* whose own variables are declared there only */
};

static bool is_thread_operator(uint8_t atom)
{
	return atom == DW_OP_form_tls_address ||
	       atom == DW_OP_GNU_push_tls_address;
}

/* The operand of an expression's first operator, where it is a fixed number:
 * an address, or the offset of a thread-local variable. */
static bool read_operand(Dwarf_Attribute *attribute, const Dwarf_Op *op,
			 uint64_t *ret_operand)
{
	Dwarf_Attribute indirect;
	Dwarf_Word number;

	switch (op->atom) {
	case DW_OP_addr:
	case DW_OP_const4u:
	case DW_OP_const8u:
		*ret_operand = op->number;
		return true;
	case DW_OP_addrx:
	case DW_OP_GNU_addr_index:
		return dwarf_getlocation_attr(attribute, op, &indirect) == 0 &&
		       dwarf_formaddr(&indirect, ret_operand) == 0;
	case DW_OP_constx:
	case DW_OP_GNU_const_index:
		if (dwarf_getlocation_attr(attribute, op, &indirect) != 0 ||
		    dwarf_formudata(&indirect, &number) != 0)
			return false;
		*ret_operand = number;
		return true;
	default:
		return false;
	}
}

/* False for what moves about or has no place: a local variable, a constant. */
static bool read_location(Dwarf_Die die, struct variable *variable)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t count;

	if (!dwarf_attr_integrate(&die, DW_AT_location, &attribute) ||
	    dwarf_getlocation(&attribute, &ops, &count) != 0 || count == 0 ||
	    !read_operand(&attribute, &ops[0], &variable->address))
		return false;
	for (size_t i = 1; i < count; i++) {
		if (ops[i].atom == DW_OP_plus_uconst)
			variable->address += ops[i].number;
		else if (is_thread_operator(ops[i].atom))
			variable->is_thread_local = true;
		else
			return false;
	}
	return variable->is_thread_local || ops[0].atom == DW_OP_addr ||
	       ops[0].atom == DW_OP_addrx ||
	       ops[0].atom == DW_OP_GNU_addr_index;
}

static void free_declared(void *value)
{
	memory_free(value, sizeof(struct variable));
}

static void declare(const struct walk *walk, const struct variable *variable)
{
	void **slot = cache_slot(walk->declared, variable->name,
				 strlen(variable->name));

	if (*slot || !variable->has_type)
		return;
	*slot = memory_new(sizeof(*variable));
	memcpy(*slot, variable, sizeof(*variable));
}

void declared_fini(struct cache *declared)
{
	cache_fini(declared, free_declared);
}

static void add_variable(const struct walk *walk, Dwarf_Die die)
{
	struct variable variable = {
		.name = dwarf_diename(&die),
		.folder = walk->folder,
		.file = walk->file,
		.function = walk->function,
		.scope = walk->function ? SCOPE_FUNCTION : SCOPE_FILE,
	};

	if (!variable.name)
		return;
	dwarf_decl_line(&die, &variable.line);
	variable.has_type = type_of(die, &variable.type);
	if (variable.has_type)
		variable.bytes = type_bytes(variable.type);
	if (read_location(die, &variable))
		variables_add(walk->variables, variable);
	else if (dwarf_hasattr(&die, DW_AT_declaration))
		declare(walk, &variable);
}

static void walk_children(struct walk walk, Dwarf_Die parent)
{
	Dwarf_Die die;

	if (dwarf_child(&parent, &die) != 0)
		return;
	do {
		struct walk inner = walk;

		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
			if (!walk.is_in_type)
				add_variable(&walk, die);
			break;
		case DW_TAG_subprogram:
		case DW_TAG_inlined_subroutine:
			inner.function = dwarf_diename(&die);
			inner.is_in_type = false;
			walk_children(inner, die);
			break;
		case DW_TAG_structure_type:
		case DW_TAG_class_type:
			/* Those of a type in a function, a lambda for one, have
			 * their code there. */
			inner.is_in_type = true;
			if (walk.function)
				walk_children(inner, die);
			break;
		case DW_TAG_lexical_block:
		case DW_TAG_try_block:
		case DW_TAG_catch_block:
		case DW_TAG_namespace:
			walk_children(inner, die);
			break;
		default:
			break;
		}
	} while (dwarf_siblingof(&die, &die) == 0);
}

static const char *string_of(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;

	return dwarf_attr(die, name, &attribute) ? dwarf_formstring(&attribute)
						 : NULL;
}

void variables_add_dwarf(struct variables *variables, Dwarf *dwarf,
			 struct cache *declared)
{
	struct walk walk = {.variables = variables, .declared = declared};
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	Dwarf_Die split;
	uint8_t kind;

	while (dwarf_get_units(dwarf, unit, &unit, NULL, &kind, &die, &split) ==
	       0) {
		if (kind != DW_UT_compile && kind != DW_UT_partial &&
		    kind != DW_UT_skeleton)
			continue;
		walk.folder = string_of(&die, DW_AT_comp_dir);
		/* With -gsplit-dwarf all but the addresses is in another file.
		 */
		if (kind == DW_UT_skeleton && dwarf_tag(&split) != 0)
			die = split;
		walk.file = dwarf_diename(&die);
		walk_children(walk, die);
	}
}
