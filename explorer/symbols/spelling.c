#include "symbols/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "symbols/file.h"

static void free_spelled(void *value)
{
	memory_free(value, sizeof(struct spelled));
}

void spellings_fini(struct module *module)
{
	cache_fini(&module->spellings, free_spelled);
}

/* Does something with a spelling; true ends the walk. */
typedef bool spelling_visit(struct module *module, struct variable *variable,
			    const char *spelling);

/* Where the last `parts` parts of a path begin, or NULL if it has fewer. */
static const char *path_tail(const char *path, unsigned parts)
{
	const char *at = path + strlen(path);

	while (at > path) {
		if (at[-1] == '/' && --parts == 0)
			return at;
		at--;
	}
	return parts == 1 && path[0] != '/' ? path : NULL;
}

/* The spellings that name the file by its last parts; the line is named only
 * where nothing else helps, as it changes most easily. */
static bool visit_in_file(struct module *module, struct variable *variable,
			  const char *file, bool with_line,
			  spelling_visit *visit)
{
	struct buffer text = {0};
	bool done;

	if (with_line)
		text_add(&text, "%s:%s:%d:%s", file, variable->function,
			 variable->line, variable->name);
	else
		text_add(&text, "%s:%s", file, variable->name);
	done = visit(module, variable, (const char *)text.data);
	if (!done && !with_line && variable->function) {
		buffer_clear(&text);
		text_add(&text, "%s:%s:%s", file, variable->function,
			 variable->name);
		done = visit(module, variable, (const char *)text.data);
	}
	buffer_fini(&text);
	return done;
}

static bool visit_path(struct module *module, struct variable *variable,
		       const char *path, bool with_line, spelling_visit *visit)
{
	const char *tail;

	for (unsigned parts = 1; (tail = path_tail(path, parts)) != NULL;
	     parts++)
		if (visit_in_file(module, variable, tail, with_line, visit))
			return true;
	return false;
}

static void visit_spellings(struct module *module, struct variable *variable,
			    spelling_visit *visit)
{
	char *path;

	if (visit(module, variable, variable->name) || !variable->file)
		return;
	path = file_absolute(variable->folder, variable->file);
	if (!visit_path(module, variable, path, false, visit) &&
	    variable->function)
		visit_path(module, variable, path, true, visit);
	free(path);
}

static bool enter(struct module *module, struct variable *variable,
		  const char *spelling)
{
	void **slot =
		cache_slot(&module->spellings, spelling, strlen(spelling));
	struct spelled *spelled = *slot;

	if (!spelled) {
		*slot = spelled = memory_new(sizeof(*spelled));
		spelled->variable = variable;
	} else if (variable->scope < spelled->variable->scope) {
		*spelled = (struct spelled){.variable = variable};
	} else if (variable->scope == spelled->variable->scope &&
		   variable != spelled->variable) {
		spelled->is_ambiguous = true;
	}
	return false;
}

void spellings_collect(struct module *module)
{
	for (size_t i = 0; i < module->variables.count; i++)
		visit_spellings(module, &module->variables.items[i], enter);
}

const struct spelled *spelling_find(const struct module *module,
				    const char *spelling, size_t length)
{
	return cache_get(&module->spellings, spelling, length);
}

static bool choose(struct module *module, struct variable *variable,
		   const char *spelling)
{
	const struct spelled *spelled =
		spelling_find(module, spelling, strlen(spelling));

	if (spelled->variable != variable || spelled->is_ambiguous)
		return false;
	variable->spelling = text_format("%s", spelling);
	return true;
}

const char *spelling_of(struct module *module, struct variable *variable)
{
	if (!variable->spelling)
		visit_spellings(module, variable, choose);
	return variable->spelling;
}
