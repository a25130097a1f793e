/*
 * The bytes of a watched variable, as a person writes such a value.
 */
#include <dwarf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "symbols/real.h"
#include "symbols/state.h"

__extension__ typedef unsigned __int128 wide;

/* Numbers lie in memory with their lowest byte first. */
static wide read_wide(const void *bytes, uint32_t count)
{
	wide number = 0;

	memcpy(&number, bytes, count);
	return number;
}

static wide mask_of(uint32_t bytes)
{
	return bytes >= sizeof(wide) ? ~(wide)0 : ((wide)1 << (8 * bytes)) - 1;
}

static bool is_negative(wide number, uint32_t bytes)
{
	return number >> (8 * bytes - 1) & 1;
}

static char *decimal(wide magnitude, bool is_negative)
{
	char digits[48];
	char *at = digits + sizeof(digits) - 1;

	*at = '\0';
	do {
		*--at = (char)('0' + (int)(magnitude % 10));
		magnitude /= 10;
	} while (magnitude);
	return text_format("%s%s", is_negative ? "-" : "", at);
}

static struct value integer(wide number, uint32_t bytes, bool is_signed)
{
	bool minus = is_signed && is_negative(number, bytes);
	wide magnitude = minus ? (~number + 1) & mask_of(bytes) : number;
	wide most = (wide)INT64_MAX + minus;

	return (struct value){.kind = magnitude <= most ? VALUE_INTEGER
							: VALUE_BIG,
			      .text = decimal(magnitude, minus)};
}

static struct value simple(enum value_kind kind, const char *text)
{
	return (struct value){.kind = kind, .text = text_format("%s", text)};
}

/* An enumerator's number, as far as the enum has bytes for it. Only forms that
 * say so hold negative ones. */
static bool enumerator_number(Dwarf_Die *die, uint32_t bytes, wide *ret_number)
{
	Dwarf_Attribute attribute;
	Dwarf_Sword negative;
	Dwarf_Word number;

	if (!dwarf_attr(die, DW_AT_const_value, &attribute))
		return false;
	if (dwarf_whatform(&attribute) == DW_FORM_sdata ||
	    dwarf_whatform(&attribute) == DW_FORM_implicit_const) {
		if (dwarf_formsdata(&attribute, &negative) != 0)
			return false;
		number = (Dwarf_Word)negative;
	} else if (dwarf_formudata(&attribute, &number) != 0) {
		return false;
	}
	*ret_number = number & mask_of(bytes);
	return true;
}

static const char *enumerator_of(struct type type, uint32_t bytes, wide number)
{
	Dwarf_Die die;
	wide other;

	if (dwarf_child(&type.die, &die) != 0)
		return NULL;
	do {
		if (dwarf_tag(&die) == DW_TAG_enumerator &&
		    enumerator_number(&die, bytes, &other) && other == number)
			return dwarf_diename(&die);
	} while (dwarf_siblingof(&die, &die) == 0);
	return NULL;
}

static struct value enumeration(struct type type, uint32_t bytes, wide number)
{
	const char *name = enumerator_of(type, bytes, number);
	struct type base;

	if (name)
		return simple(VALUE_NAME, name);
	return integer(number, bytes,
		       type_of(type.die, &base) &&
			       type_kind(base) == TYPE_SIGNED);
}

static struct value real(uint32_t bytes, const void *data)
{
	char text[REAL_TEXT_BYTES];
	enum real_format format = REAL_LONG_DOUBLE;
	bool is_number;

	if (bytes == sizeof(float))
		format = REAL_FLOAT;
	else if (bytes == sizeof(double))
		format = REAL_DOUBLE;
	is_number = real_write(text, format, data);
	return simple(is_number ? VALUE_REAL : VALUE_NAME, text);
}

static struct value pointer(struct symbols *symbols, wide address,
			    struct location pointee)
{
	const char *name = symbols_name(symbols, pointee, NAME_BY_BYTES);
	struct value value = {.kind = VALUE_NAME};

	if (address == 0)
		return simple(VALUE_NULL, "null");
	switch ((enum location_kind)pointee.kind) {
	case LOCATION_MODULE:
		value.text = text_format("&%s", name);
		return value;
	case LOCATION_TLS:
		value.text = text_format(
			strncmp(name, "tls ", 4) == 0 ? "%s" : "&%s", name);
		return value;
	case LOCATION_HEAP:
		/* main's blocks are the usual ones. */
		value.text = text_format(
			"heap %s", name + strlen(pointee.owner == 0 ? "heap 0."
								    : "heap "));
		return value;
	case LOCATION_STACK:
		return simple(VALUE_NAME, name);
	case LOCATION_NONE:
	case LOCATION_THREAD:
	case LOCATION_DESCRIPTOR:
	case LOCATION_CLOCK:
	case LOCATION_THING:
	case LOCATION_RANDOM:
	case LOCATION_NAMED:
	case LOCATION_ABSOLUTE:
		break;
	}
	value.text = text_format("0x%" PRIx64, (uint64_t)address);
	return value;
}

struct value symbols_value(struct symbols *symbols, const struct watch *watch,
			   const void *bytes, struct location pointee)
{
	const struct type *type = watch->type;
	wide number = read_wide(bytes, watch->bytes);
	struct value value = {0};

	switch (type_kind(*type)) {
	case TYPE_SIGNED:
		value = integer(number, watch->bytes, true);
		break;
	case TYPE_UNSIGNED:
		value = integer(number, watch->bytes, false);
		break;
	case TYPE_BOOL:
		value = simple(VALUE_BOOL, number ? "true" : "false");
		break;
	case TYPE_ENUM:
		value = enumeration(*type, watch->bytes, number);
		break;
	case TYPE_REAL:
		value = real(watch->bytes, bytes);
		break;
	case TYPE_POINTER:
		value = pointer(symbols, number, pointee);
		break;
	case TYPE_ARRAY:
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_OTHER:
		/* symbols_watch() refuses these. */
		abort();
	}
	value.name = text_format("%s", watch->name);
	return value;
}

static struct value hexadecimal(const uint8_t *bytes, size_t count)
{
	struct buffer text = {0};

	text_add(&text, "0x");
	for (size_t i = 0; i < count; i++)
		text_add(&text, "%02x", bytes[i]);
	return (struct value){.kind = VALUE_NAME, .text = (char *)text.data};
}

struct value value_of_bytes(const char *name, const void *bytes, size_t count)
{
	bool is_number = count == 1 || count == 2 || count == 4 || count == 8;
	struct value value =
		is_number ? integer(read_wide(bytes, (uint32_t)count),
				    (uint32_t)count, true)
			  : hexadecimal(bytes, count);

	value.name = text_format("%s", name);
	return value;
}
