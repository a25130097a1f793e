#include "symbols/suggest.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "symbols/spelling.h"
#include "symbols/state.h"

/* More names than that are no help. */
#define LIST_MAX 6

/* The likeliest of the names offered so far. */
struct nearest {
	const char *wanted;
	const char *name; /* NULL if none was offered */
	unsigned distance;
};

static void offer(struct nearest *nearest, const char *name)
{
	unsigned distance = text_distance(nearest->wanted, name);

	if (!nearest->name || distance < nearest->distance) {
		nearest->name = name;
		nearest->distance = distance;
	}
}

/* A third of the letters may be wrong, and one in the shortest name. */
static bool is_near(const struct nearest *nearest)
{
	return nearest->name && nearest->wanted[0] &&
	       nearest->distance <= 1 + strlen(nearest->wanted) / 3;
}

/* Appends one of a list. False once the list is long enough. */
static bool list_add(struct buffer *text, unsigned number, const char *prefix,
		     const char *name)
{
	if (number == LIST_MAX) {
		text_add(text, ", ...");
		return false;
	}
	text_add(text, "%s%s%s", number ? ", " : "", prefix, name);
	return true;
}

/* Variable names end where a field or an element begins; files do not. */
static size_t variable_length(const char *name)
{
	const char *colon = strrchr(name, ':');
	size_t length = colon ? (size_t)(colon - name) + 1 : 0;

	while (isalnum((unsigned char)name[length]) || name[length] == '_')
		length++;
	return length;
}

void suggest_global(struct symbols *symbols, struct buffer *text,
		    const char *name)
{
	size_t count;
	const char *const *globals = symbols_globals(symbols, &count);
	char *whole = text_format("%.*s", (int)variable_length(name), name);
	const char *colon = strrchr(whole, ':');
	struct nearest nearest = {.wanted = whole};
	struct nearest plain = {.wanted = colon ? colon + 1 : whole};

	for (size_t i = 0; i < count; i++) {
		offer(&nearest, globals[i]);
		offer(&plain, globals[i]);
	}
	if (is_near(&plain))
		nearest = plain;
	if (is_near(&nearest)) {
		text_add(text, "; did you mean '%s'?", nearest.name);
	} else if (count == 0) {
		text_add(text, "; the program has none");
	} else {
		text_add(text, "; there are ");
		for (unsigned i = 0; i < count; i++)
			if (!list_add(text, i, "", globals[i]))
				break;
	}
	free(whole);
}

void suggest_namesakes(struct module *module, struct buffer *text,
		       const struct spelled *spelled)
{
	unsigned number = 0;

	text_add(text, ": ");
	for (size_t i = 0; i < module->variables.count; i++) {
		struct variable *item = &module->variables.items[i];

		if (strcmp(item->name, spelled->variable->name) != 0 ||
		    !spelling_of(module, item))
			continue;
		if (!list_add(text, number++, "", item->spelling))
			break;
	}
}

/* Lists the fields that can be named, those of unnamed members included. */
static bool visit_fields(struct type owner,
			 bool (*visit)(void *context, const char *name),
			 void *context)
{
	struct member member;

	for (bool more = type_first_member(owner, &member); more;
	     more = type_next_member(&member)) {
		if (member.is_bit_field)
			continue;
		if (member.name ? !visit(context, member.name)
				: !visit_fields(member.type, visit, context))
			return false;
	}
	return true;
}

static bool offer_field(void *context, const char *name)
{
	offer(context, name);
	return true;
}

void suggest_field(struct buffer *text, struct type owner, const char *spelled,
		   const char *name)
{
	struct nearest nearest = {.wanted = name};

	visit_fields(owner, offer_field, &nearest);
	if (is_near(&nearest)) {
		text_add(text, "; did you mean '%s.%s'?", spelled,
			 nearest.name);
	} else {
		text_add(text, "; its fields are ");
		list_fields(text, owner, spelled);
	}
}

struct field_list {
	struct buffer *text;
	char *prefix;
	unsigned count;
};

static bool list_field(void *context, const char *name)
{
	struct field_list *list = context;

	return list_add(list->text, list->count++, list->prefix, name);
}

void list_fields(struct buffer *text, struct type owner, const char *spelled)
{
	struct field_list list = {.text = text,
				  .prefix = text_format("%s.", spelled)};

	visit_fields(owner, list_field, &list);
	free(list.prefix);
}

void list_elements(struct buffer *text, struct type array, const char *spelled)
{
	struct buffer first = {0};
	struct buffer last = {0};
	bool is_known = true;

	for (; type_kind(array) == TYPE_ARRAY; array = type_element(array)) {
		uint64_t count = type_element_count(array);

		is_known = is_known && count > 0 && count < UINT64_MAX;
		text_add(&first, "[0]");
		text_add(&last, "[%" PRIu64 "]", count - 1);
	}
	text_add(text, "%s%s", spelled, (const char *)first.data);
	if (is_known)
		text_add(text, " to %s%s", spelled, (const char *)last.data);
	buffer_fini(&first);
	buffer_fini(&last);
}

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_watchable(struct module *module, struct variable *variable)
{
	return variable->has_type && !variable->is_thread_local &&
	       spelling_of(module, variable);
}

static void collect_globals(struct symbols *symbols)
{
	struct module *module = symbols_module(symbols, 0);
	size_t count = module->variables.count;

	symbols->globals = memory_new(count * sizeof(*symbols->globals));
	for (size_t i = 0; i < count; i++) {
		struct variable *item = &module->variables.items[i];

		if (is_watchable(module, item))
			symbols->globals[symbols->global_count++] =
				item->spelling;
	}
	qsort(symbols->globals, symbols->global_count,
	      sizeof(*symbols->globals), compare_names);
}

const char *const *symbols_globals(struct symbols *symbols, size_t *ret_count)
{
	if (!symbols->globals)
		collect_globals(symbols);
	*ret_count = symbols->global_count;
	return symbols->globals;
}
