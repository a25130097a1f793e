/*
 * What --watch was given, made into bytes and a type; or a sentence that says
 * why not.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "symbols/path.h"
#include "symbols/state.h"
#include "symbols/suggest.h"

/* The largest value: a long double, a 128-bit integer. */
#define VALUE_BYTES_MAX 16

/* Each of these returns true, or appends the sentence and returns false. */

static bool check_variable(struct symbols *symbols, struct buffer *error,
			   const char *name, const struct named *named)
{
	const struct variable *variable = named->spelled->variable;
	struct module *module = symbols_module(symbols, named->module);
	int length = (int)(named->rest - name);

	if (named->spelled->is_ambiguous) {
		text_add(error, "'%.*s' can mean several variables", length,
			 name);
		suggest_namesakes(module, error, named->spelled);
	} else if (variable->is_function) {
		text_add(error, "'%.*s' is a function, not a variable", length,
			 name);
	} else if (variable->is_thread_local) {
		text_add(error,
			 "'%.*s' is thread-local; a watched variable must be "
			 "the same in all threads",
			 length, name);
	} else if (!variable->has_type) {
		text_add(error,
			 "the type of '%.*s' is unknown; compile the file that "
			 "defines it with -g",
			 length, name);
	}
	return error->length == 0;
}

static bool find_variable(struct symbols *symbols, struct buffer *error,
			  const char *name, struct named *ret_named)
{
	const struct module *program = symbols_module(symbols, 0);

	if (name_find(symbols, name, ret_named))
		return check_variable(symbols, error, name, ret_named);
	if (!program->dwarf) {
		text_add(error,
			 "'%s' cannot be found: %s has no debug information; "
			 "compile it with -g",
			 name, program->path);
		return false;
	}
	text_add(error, "no global variable '%s'", name);
	suggest_global(symbols, error, name);
	return false;
}

static void explain_element(struct buffer *error, struct type array,
			    const char *owner, const char *rest)
{
	int length = (int)strcspn(rest, "]") + 1;
	struct buffer elements = {0};

	text_add(error, "'%s%.*s' is out of range", owner, length, rest);
	if (type_element_count(array) > 0) {
		list_elements(&elements, array, owner);
		text_add(error, "; there are %s", (const char *)elements.data);
		buffer_fini(&elements);
	} else {
		text_add(error, "; '%s' has no elements", owner);
	}
}

static void explain_field(struct buffer *error, struct type type,
			  const char *owner, const char *rest)
{
	char *field =
		text_format("%.*s", (int)strcspn(rest + 1, ".[+-"), rest + 1);

	text_add(error, "'%s' has no field '%s'", owner, field);
	suggest_field(error, type, owner, field);
	free(field);
}

/* Why the path was not understood to its end. */
static void explain_path(struct buffer *error, const struct path *path,
			 const char *owner, const char *rest)
{
	bool is_pointer = type_kind(path->type) == TYPE_POINTER;

	switch (path->end) {
	case PATH_NO_FIELD:
		explain_field(error, path->type, owner, rest);
		return;
	case PATH_NO_ELEMENT:
		explain_element(error, path->type, owner, rest);
		return;
	case PATH_NOT_STRUCT:
	case PATH_NOT_ARRAY:
	case PATH_NOT_UNDERSTOOD:
	case PATH_REST:
	case PATH_WHOLE:
		break;
	}
	if (is_pointer)
		text_add(error,
			 "'%s' is a pointer, which is not followed; name the "
			 "variable that it points to",
			 owner);
	else if (path->end == PATH_NOT_STRUCT)
		text_add(error, "'%s' is not a struct: it has no fields",
			 owner);
	else if (path->end == PATH_NOT_ARRAY)
		text_add(error, "'%s' is not an array: it has no elements",
			 owner);
	else
		text_add(error,
			 "'%s' behind '%s' is neither a field nor an element; "
			 "write '.NAME' or '[NUMBER]'",
			 rest, owner);
}

static void explain_struct(struct buffer *error, struct type type,
			   const char *name, const char *what)
{
	struct buffer fields = {0};

	list_fields(&fields, type, name);
	if (fields.length > 0)
		text_add(error, "'%s' is a %s; name one of its fields: %s",
			 name, what, (const char *)fields.data);
	else
		text_add(error, "'%s' is a %s without a field to be shown",
			 name, what);
	buffer_fini(&fields);
}

/* Not so _Float16 and _Float128. */
static bool is_common_real(struct type type)
{
	uint64_t bytes = type_bytes(type);

	return bytes == sizeof(float) || bytes == sizeof(double) ||
	       strcmp(type_name(type), "long double") == 0;
}

static bool check_type(struct buffer *error, const struct path *path,
		       const char *name)
{
	uint64_t bytes = type_bytes(path->type);
	enum type_kind kind = type_kind(path->type);

	if (path->is_bit_field) {
		text_add(error,
			 "'%s' is a bit-field, which cannot be shown; it has "
			 "no bytes of its own",
			 name);
		return false;
	}
	switch (kind) {
	case TYPE_STRUCT:
		explain_struct(error, path->type, name, "struct");
		return false;
	case TYPE_UNION:
		explain_struct(error, path->type, name, "union");
		return false;
	case TYPE_ARRAY:
		text_add(error,
			 "'%s' is an array; name one of its elements: ", name);
		list_elements(error, path->type, name);
		return false;
	case TYPE_REAL:
		if (is_common_real(path->type))
			break;
		/* fall through */
	case TYPE_OTHER:
		text_add(error, "'%s' has the type '%s', which cannot be shown",
			 name, type_name(path->type));
		return false;
	case TYPE_SIGNED:
	case TYPE_UNSIGNED:
	case TYPE_BOOL:
	case TYPE_ENUM:
	case TYPE_POINTER:
		break;
	}
	if (bytes > 0 && bytes <= VALUE_BYTES_MAX)
		return true;
	text_add(error,
		 "'%s' is too large to be shown: it has %" PRIu64 " bytes",
		 name, bytes);
	return false;
}

static bool resolve(struct symbols *symbols, struct buffer *error,
		    const char *name, struct named *ret_named,
		    struct path *ret_path)
{
	char *owner;

	if (!find_variable(symbols, error, name, ret_named))
		return false;
	*ret_path =
		path_read(ret_named->rest, ret_named->spelled->variable->type);
	if (ret_path->end == PATH_WHOLE)
		return check_type(error, ret_path, name);
	owner = text_format(
		"%.*s", (int)(ret_named->rest - name + (int)ret_path->length),
		name);
	explain_path(error, ret_path, owner,
		     ret_named->rest + ret_path->length);
	free(owner);
	return false;
}

static const struct type *keep_type(struct symbols *symbols, const char *name,
				    struct type type)
{
	void **slot = cache_slot(&symbols->types, name, strlen(name));

	if (!*slot) {
		*slot = memory_new(sizeof(type));
		memcpy(*slot, &type, sizeof(type));
	}
	return *slot;
}

int symbols_watch(struct symbols *symbols, const char *name,
		  struct watch *ret_watch, char **ret_error)
{
	struct buffer error = {0};
	struct named named;
	struct path path;

	if (!resolve(symbols, &error, name, &named, &path)) {
		*ret_error = text_format("%s", (const char *)error.data);
		buffer_fini(&error);
		return -1;
	}
	*ret_watch = (struct watch){
		.name = text_format("%s", name),
		.location = {.kind = LOCATION_MODULE,
			     .owner = named.module,
			     .offset = named.spelled->variable->address +
				       path.offset},
		.bytes = (uint32_t)type_bytes(path.type),
		.type = keep_type(symbols, name, path.type),
	};
	return 0;
}

bool symbols_knows(struct symbols *symbols, const char *name)
{
	struct named named;

	return name_find(symbols, name, &named);
}

void watch_fini(struct watch *watch)
{
	free(watch->name);
	*watch = (struct watch){0};
}

bool watch_is_number(const struct watch *watch, bool *ret_signed)
{
	const struct type *type = watch->type;
	enum type_kind kind = type_kind(*type);
	struct type base;

	*ret_signed = kind == TYPE_SIGNED ||
		      (kind == TYPE_ENUM && type_of(type->die, &base) &&
		       type_kind(base) == TYPE_SIGNED);
	return kind != TYPE_REAL;
}

bool watch_is_pointer(const struct watch *watch)
{
	const struct type *type = watch->type;

	return type_kind(*type) == TYPE_POINTER;
}
