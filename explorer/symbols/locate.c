/*
 * From a name to its location.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols/path.h"
#include "symbols/spelling.h"
#include "symbols/state.h"
#include "symbols/thing.h"

/* Where a spelling may end: before a part of a path, a thread's slot, or the
 * end. Names of files and assembler labels have such characters, too, so the
 * longest piece is tried first. */
static bool is_end(char c)
{
	return c == '\0' || c == '.' || c == '[' || c == '+' || c == '@' ||
	       c == '-';
}

static const struct spelled *find_beginning(const struct module *module,
					    const char *name,
					    size_t *ret_length)
{
	const char *colon = strrchr(name, ':');
	size_t least = colon ? (size_t)(colon - name) + 1 : 0;

	for (size_t length = strlen(name); length > least; length--) {
		const struct spelled *spelled;

		if (!is_end(name[length]))
			continue;
		spelled = spelling_find(module, name, length);
		if (spelled) {
			*ret_length = length;
			return spelled;
		}
	}
	return NULL;
}

/* The rest behind "MODULE:", or NULL if the name does not begin so. */
static const char *behind_module(const struct module *module, const char *name)
{
	size_t length = strlen(module->name);

	if (strncmp(name, module->name, length) != 0 || name[length] != ':')
		return NULL;
	return name + length + 1;
}

static bool find_in_module(struct symbols *symbols, uint32_t number,
			   const char *name, struct named *ret_named)
{
	const struct module *module = symbols_module(symbols, number);
	size_t length;
	const struct spelled *spelled = find_beginning(module, name, &length);

	if (!spelled)
		return false;
	*ret_named = (struct named){
		.module = number, .spelled = spelled, .rest = name + length};
	return true;
}

bool name_find(struct symbols *symbols, const char *name,
	       struct named *ret_named)
{
	for (uint32_t i = 0; i < symbols->module_count; i++) {
		const char *inner = behind_module(&symbols->modules[i], name);

		if (inner && find_in_module(symbols, i, inner, ret_named))
			return true;
	}
	for (uint32_t i = 0; i < symbols->module_count; i++)
		if (find_in_module(symbols, i, name, ret_named))
			return true;
	return false;
}

/* Follows the path behind a variable, a last "+3" included. */
static bool follow(const struct variable *variable, const char *rest,
		   uint64_t *ret_offset)
{
	struct path path = {.end = *rest ? PATH_REST : PATH_WHOLE};
	uint64_t further = 0;

	if (variable->has_type)
		path = path_read(rest, variable->type);
	if (path.end != PATH_WHOLE &&
	    (path.end != PATH_REST ||
	     !path_read_rest(rest + path.length, &further)))
		return false;
	*ret_offset = path.offset + further;
	return true;
}

static bool locate_thread_local(struct symbols *symbols,
				const struct named *named,
				struct location *ret_location)
{
	const struct variable *variable = named->spelled->variable;
	uint64_t block = symbols->modules[named->module].thread_block;
	struct location location = {.kind = LOCATION_TLS};
	uint64_t offset;
	int length = 0;

	if (named->module != 0 ||
	    sscanf(named->rest, "@%" SCNu32 "%n", &location.owner, &length) <
		    1 ||
	    !follow(variable, named->rest + length, &offset))
		return false;
	location.offset = block - (variable->address + offset);
	*ret_location = location;
	return true;
}

static bool locate_variable(struct symbols *symbols, const char *name,
			    struct location *ret_location)
{
	struct named named;
	uint64_t offset;

	if (!name_find(symbols, name, &named) || named.spelled->is_ambiguous)
		return false;
	if (named.spelled->variable->is_thread_local)
		return locate_thread_local(symbols, &named, ret_location);
	if (!follow(named.spelled->variable, named.rest, &offset))
		return false;
	*ret_location = (struct location){
		.kind = LOCATION_MODULE,
		.owner = named.module,
		.offset = named.spelled->variable->address + offset};
	return true;
}

/* ".bss+24" or "+4096" in that module. */
static bool locate_in_section(const struct module *module, const char *name,
			      uint64_t *ret_address)
{
	const char *plus = strrchr(name, '+');
	size_t length = plus ? (size_t)(plus - name) : strlen(name);
	uint64_t further = 0;
	uint64_t start = 0;
	char *section;
	bool known;

	if (plus && !path_read_rest(plus, &further))
		return false;
	section = strndup(name, length);
	known = (length == 0 && plus) ||
		(section && module_section_named(module, section, &start));
	free(section);
	if (known)
		*ret_address = start + further;
	return known;
}

static bool locate_nameless(struct symbols *symbols, const char *name,
			    struct location *ret_location)
{
	for (uint32_t i = 0; i < symbols->module_count; i++) {
		struct module *module = symbols_module(symbols, i);
		const char *inner = behind_module(module, name);
		struct location location = {.kind = LOCATION_MODULE,
					    .owner = i};

		if (!inner && i == 0 && name[0] == '.')
			inner = name;
		if (inner &&
		    locate_in_section(module, inner, &location.offset)) {
			*ret_location = location;
			return true;
		}
	}
	return false;
}

/* "heap 0.3+8", "stack 1-128", "tls 1-16". */
static bool locate_apart(const char *name, struct location *ret_location)
{
	struct location location = {0};
	const char *rest;
	int length = 0;

	if (sscanf(name, "heap %" SCNu32 ".%" SCNu32 "%n", &location.owner,
		   &location.number, &length) == 2) {
		location.kind = LOCATION_HEAP;
		rest = name + length;
		if (*rest && !path_read_rest(rest, &location.offset))
			return false;
	} else if (sscanf(name, "stack %" SCNu32 "-%" SCNu64 "%n",
			  &location.owner, &location.offset, &length) == 2) {
		location.kind = LOCATION_STACK;
	} else if (sscanf(name, "tls %" SCNu32 "-%" SCNu64 "%n",
			  &location.owner, &location.offset, &length) == 2) {
		location.kind = LOCATION_TLS;
	} else {
		return false;
	}
	if (location.kind != LOCATION_HEAP && name[length])
		return false;
	*ret_location = location;
	return true;
}

bool symbols_locate(struct symbols *symbols, const char *name,
		    struct location *ret_location)
{
	return locate_apart(name, ret_location) ||
	       thing_locate(name, ret_location) ||
	       locate_variable(symbols, name, ret_location) ||
	       locate_nameless(symbols, name, ret_location);
}
