#include "symbols/type.h"

#include <dwarf.h>
#include <string.h>

bool type_of(Dwarf_Die die, struct type *ret_type)
{
	struct type type = {.dimension = 0};
	Dwarf_Attribute attribute;
	Dwarf_Die named;

	if (!dwarf_attr_integrate(&die, DW_AT_type, &attribute) ||
	    !dwarf_formref_die(&attribute, &named) ||
	    dwarf_peel_type(&named, &type.die) != 0)
		return false;
	*ret_type = type;
	return true;
}

static enum type_kind encoding_kind(Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Word encoding;

	if (!dwarf_attr_integrate(die, DW_AT_encoding, &attribute) ||
	    dwarf_formudata(&attribute, &encoding) != 0)
		return TYPE_OTHER;
	switch (encoding) {
	case DW_ATE_signed:
	case DW_ATE_signed_char:
		return TYPE_SIGNED;
	case DW_ATE_unsigned:
	case DW_ATE_unsigned_char:
	case DW_ATE_UTF:
		return TYPE_UNSIGNED;
	case DW_ATE_boolean:
		return TYPE_BOOL;
	case DW_ATE_float:
		return TYPE_REAL;
	default:
		return TYPE_OTHER;
	}
}

enum type_kind type_kind(struct type type)
{
	struct type element;

	switch (dwarf_tag(&type.die)) {
	case DW_TAG_base_type:
		return encoding_kind(&type.die);
	case DW_TAG_enumeration_type:
		return TYPE_ENUM;
	case DW_TAG_pointer_type:
	case DW_TAG_reference_type:
	case DW_TAG_rvalue_reference_type:
		return TYPE_POINTER;
	case DW_TAG_array_type:
		return type_of(type.die, &element) ? TYPE_ARRAY : TYPE_OTHER;
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
		return TYPE_STRUCT;
	case DW_TAG_union_type:
		return TYPE_UNION;
	default:
		return TYPE_OTHER;
	}
}

const char *type_name(struct type type)
{
	const char *name = dwarf_diename(&type.die);

	return name ? name : "unnamed";
}

static bool dimension_at(struct type array, unsigned number,
			 Dwarf_Die *ret_dimension)
{
	Dwarf_Die child;
	unsigned seen = 0;

	if (dwarf_child(&array.die, &child) != 0)
		return false;
	do {
		int tag = dwarf_tag(&child);

		if (tag != DW_TAG_subrange_type &&
		    tag != DW_TAG_enumeration_type)
			continue;
		if (seen++ == number) {
			*ret_dimension = child;
			return true;
		}
	} while (dwarf_siblingof(&child, &child) == 0);
	return false;
}

static uint64_t dimension_count(Dwarf_Die dimension)
{
	Dwarf_Attribute attribute;
	Dwarf_Word count;

	if (dwarf_attr(&dimension, DW_AT_count, &attribute) &&
	    dwarf_formudata(&attribute, &count) == 0)
		return count;
	if (dwarf_attr(&dimension, DW_AT_upper_bound, &attribute) &&
	    dwarf_formudata(&attribute, &count) == 0)
		return count + 1;
	return UINT64_MAX;
}

uint64_t type_element_count(struct type array)
{
	Dwarf_Die dimension;

	if (!dimension_at(array, array.dimension, &dimension))
		return UINT64_MAX;
	return dimension_count(dimension);
}

struct type type_element(struct type array)
{
	struct type element = array;
	Dwarf_Die dimension;

	element.dimension++;
	if (dimension_at(array, element.dimension, &dimension))
		return element;
	type_of(array.die, &element);
	return element;
}

static uint64_t array_bytes(struct type array)
{
	uint64_t count = type_element_count(array);
	uint64_t bytes = type_bytes(type_element(array));

	return count == UINT64_MAX ? 0 : count * bytes;
}

uint64_t type_bytes(struct type type)
{
	Dwarf_Word bytes;

	if (type_kind(type) == TYPE_ARRAY)
		return array_bytes(type);
	if (dwarf_aggregate_size(&type.die, &bytes) == 0)
		return bytes;
	/* clang leaves the size of a pointer out. */
	return type_kind(type) == TYPE_POINTER ? sizeof(void *) : 0;
}

static bool number_of(Dwarf_Die die, unsigned name, uint64_t *ret_number)
{
	Dwarf_Attribute attribute;
	Dwarf_Word number;

	if (!dwarf_attr(&die, name, &attribute) ||
	    dwarf_formudata(&attribute, &number) != 0)
		return false;
	*ret_number = number;
	return true;
}

/* False for what takes no room in the object, such as static members. */
static bool member_read(Dwarf_Die die, struct member *ret_member)
{
	int tag = dwarf_tag(&die);
	struct member member = {.die = die};
	uint64_t bits;

	if ((tag != DW_TAG_member && tag != DW_TAG_inheritance) ||
	    dwarf_hasattr(&die, DW_AT_declaration) ||
	    !type_of(die, &member.type))
		return false;
	if (tag == DW_TAG_member)
		member.name = dwarf_diename(&die);
	member.is_bit_field = dwarf_hasattr(&die, DW_AT_bit_size);
	/* Neither: it is at the start, as in a union. */
	if (number_of(die, DW_AT_data_bit_offset, &bits))
		member.offset = bits / 8;
	else
		number_of(die, DW_AT_data_member_location, &member.offset);
	*ret_member = member;
	return true;
}

/* From the child on, which may itself be no member. */
static bool member_from(Dwarf_Die child, struct member *ret_member)
{
	do {
		if (member_read(child, ret_member))
			return true;
	} while (dwarf_siblingof(&child, &child) == 0);
	return false;
}

bool type_first_member(struct type type, struct member *ret_member)
{
	enum type_kind kind = type_kind(type);
	Dwarf_Die child;

	return (kind == TYPE_STRUCT || kind == TYPE_UNION) &&
	       dwarf_child(&type.die, &child) == 0 &&
	       member_from(child, ret_member);
}

bool type_next_member(struct member *member)
{
	Dwarf_Die next;

	return dwarf_siblingof(&member->die, &next) == 0 &&
	       member_from(next, member);
}

bool type_member_named(struct type type, const char *name, size_t length,
		       struct member *ret_member)
{
	struct member member;

	for (bool more = type_first_member(type, &member); more;
	     more = type_next_member(&member)) {
		struct member inner;

		if (member.name && strlen(member.name) == length &&
		    memcmp(member.name, name, length) == 0) {
			*ret_member = member;
			return true;
		}
		if (!member.name &&
		    type_member_named(member.type, name, length, &inner)) {
			inner.offset += member.offset;
			*ret_member = inner;
			return true;
		}
	}
	return false;
}
