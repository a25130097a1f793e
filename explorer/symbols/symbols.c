#include "symbols/symbols.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "symbols/state.h"
#include "symbols/type.h"

struct symbols *symbols_new(const char *path)
{
	struct symbols *symbols = memory_new(sizeof(*symbols));

	symbols->folder = getcwd(NULL, 0);
	symbols_add_module(symbols, path);
	return symbols;
}

static void free_place(void *value)
{
	struct source_place *place = value;

	free(place->file);
	free(place->function);
	memory_free(place, sizeof(*place));
}

static void free_type(void *value)
{
	memory_free(value, sizeof(struct type));
}

void symbols_free(struct symbols *symbols)
{
	if (!symbols)
		return;
	cache_fini(&symbols->types, free_type);
	cache_fini(&symbols->names, free);
	cache_fini(&symbols->places, free_place);
	for (size_t i = 0; i < symbols->module_count; i++)
		module_fini(&symbols->modules[i]);
	memory_free(symbols->modules,
		    symbols->module_capacity * sizeof(*symbols->modules));
	free(symbols->globals);
	free(symbols->folder);
	memory_free(symbols, sizeof(*symbols));
}

void symbols_add_module(struct symbols *symbols, const char *path)
{
	void *modules = symbols->modules;

	memory_reserve(&modules, &symbols->module_capacity,
		       symbols->module_count + 1, sizeof(*symbols->modules));
	symbols->modules = modules;
	module_init(&symbols->modules[symbols->module_count++], path);
}

struct module *symbols_module(struct symbols *symbols, uint32_t number)
{
	if (number >= symbols->module_count)
		return NULL;
	module_open(&symbols->modules[number]);
	return &symbols->modules[number];
}
