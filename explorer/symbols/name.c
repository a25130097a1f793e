/*
 * From a location to its name.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "symbols/path.h"
#include "symbols/spelling.h"
#include "symbols/state.h"
#include "symbols/thing.h"

/* Does a module before that one have something that is called so, too? */
static bool is_called_earlier(struct symbols *symbols, const char *spelling,
			      uint32_t number)
{
	for (uint32_t i = 0; i < number; i++)
		if (spelling_find(symbols_module(symbols, i), spelling,
				  strlen(spelling)))
			return true;
	return false;
}

static void name_variable(struct symbols *symbols, struct buffer *text,
			  uint32_t number, const struct variable *variable)
{
	if (is_called_earlier(symbols, variable->spelling, number))
		text_add(text, "%s:", symbols->modules[number].name);
	text_add(text, "%s", variable->spelling);
}

static void name_within(struct buffer *text, const struct variable *variable,
			uint64_t offset, uint64_t size)
{
	if (variable->has_type && size != NAME_BY_BYTES)
		path_add(text, variable->type, offset, size);
	else
		path_add_rest(text, offset);
}

/* What has no name of its own is counted from the start of its section, or
 * of the module: "libqueue.so:.bss+24", "libqueue.so:+4096". A section that is
 * called as a variable could be needs its module in front even in the
 * executable. */
static void name_nameless(struct buffer *text, const struct module *module,
			  bool is_executable, uint64_t address)
{
	uint64_t start;
	const char *section = module_section_at(module, address, &start);

	if (!section || !is_executable || section[0] != '.')
		text_add(text, "%s:", module->name);
	if (section)
		text_add(text, "%s", section);
	if (section)
		path_add_rest(text, address - start);
	else
		text_add(text, "+%" PRIu64, address);
}

void name_module(struct symbols *symbols, struct buffer *text, uint32_t number,
		 uint64_t address, uint64_t size)
{
	struct module *module = symbols_module(symbols, number);
	struct variable *variable;

	if (!module) {
		text_add(text, "module %" PRIu32 "+%" PRIu64, number, address);
		return;
	}
	variable = variables_at(&module->variables, false, address);
	if (!variable || !spelling_of(module, variable)) {
		name_nameless(text, module, number == 0, address);
		return;
	}
	name_variable(symbols, text, number, variable);
	name_within(text, variable, address - variable->address, size);
}

/* Only the executable's: see module.c. */
static bool name_thread_local(struct symbols *symbols, struct buffer *text,
			      struct location location, uint64_t size)
{
	struct module *module = symbols_module(symbols, 0);
	uint64_t offset = module->thread_block - location.offset;
	struct variable *variable;

	if (location.offset > module->thread_block)
		return false;
	variable = variables_at(&module->variables, true, offset);
	if (!variable || !spelling_of(module, variable))
		return false;
	name_variable(symbols, text, 0, variable);
	text_add(text, "@%" PRIu32, location.owner);
	name_within(text, variable, offset - variable->address, size);
	return true;
}

static void name_thread(struct buffer *text, uint32_t number)
{
	if (number == 0)
		text_add(text, "main");
	else
		text_add(text, "T%" PRIu32, number);
}

static void name_named(struct buffer *text, const struct location *location)
{
	char name[LOCATION_NAME_BYTES + 1];

	location_name(location, name);
	text_add(text, "/%s", name);
}

static void name_location(struct symbols *symbols, struct buffer *text,
			  struct location location, uint64_t size)
{
	switch ((enum location_kind)location.kind) {
	case LOCATION_NONE:
		text_add(text, "nothing");
		return;
	case LOCATION_MODULE:
		name_module(symbols, text, location.owner, location.offset,
			    size);
		return;
	case LOCATION_HEAP:
		text_add(text, "heap %" PRIu32 ".%" PRIu32, location.owner,
			 location.number);
		path_add_rest(text, location.offset);
		return;
	case LOCATION_STACK:
		text_add(text, "stack %" PRIu32 "-%" PRIu64, location.owner,
			 location.offset);
		return;
	case LOCATION_TLS:
		if (!name_thread_local(symbols, text, location, size))
			text_add(text, "tls %" PRIu32 "-%" PRIu64,
				 location.owner, location.offset);
		return;
	case LOCATION_THREAD:
		name_thread(text, location.number);
		return;
	case LOCATION_DESCRIPTOR:
		text_add(text, "descriptor %" PRIu32, location.number);
		return;
	case LOCATION_THING:
		thing_name(location, text);
		return;
	case LOCATION_CLOCK:
		text_add(text, "clock");
		return;
	case LOCATION_RANDOM:
		text_add(text, "random");
		return;
	case LOCATION_NAMED:
		name_named(text, &location);
		return;
	case LOCATION_ABSOLUTE:
		text_add(text, "0x%" PRIx64, location.offset);
		return;
	}
	text_add(text, "nothing");
}

const char *symbols_name(struct symbols *symbols, struct location location,
			 uint64_t size)
{
	uint64_t key[] = {(uint64_t)location.kind << 32 | location.owner,
			  location.number, location.offset, size};
	const char *known = cache_get(&symbols->names, key, sizeof(key));
	struct buffer text = {0};
	char *name;

	if (known)
		return known;
	name_location(symbols, &text, location, size);
	name = text_format("%s", (const char *)text.data);
	buffer_fini(&text);
	*cache_slot(&symbols->names, key, sizeof(key)) = name;
	return name;
}
