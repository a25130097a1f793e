/*
 * What the program imports. See imports.h.
 *
 * In a table of dynamic symbols with GNU's hash, imports come first: the hash
 * covers only what follows them. With the older one all symbols are looked at.
 */
#include "world/imports.h"

#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "world/dynamic.h"

/* With these any function can be found and called. */
#define FINDERS "dlopen", "dlmopen", "dlsym", "dlvsym"

/* strerror() is missing on purpose: nearly every program that checks for errors
 * calls it, and it keeps something only for numbers that mean nothing. */
/* clang-format off */
static const char *const thread_state[] = {
	FINDERS, "dlerror", "dlclose", "dlinfo", "uselocale", "__uselocale",
	"strsignal", "inet_ntoa", "__res_state", "__h_errno_location",
	"hstrerror", "herror", NULL,
};

static const char *const exception_flags[] = {
	FINDERS, "fetestexcept", "fegetexceptflag", "fegetenv", "feholdexcept",
	"feupdateenv", "feenableexcept", "__atomic_feraiseexcept", NULL,
};
static const char *const stack_switch[] = {
	"makecontext", "swapcontext", "setcontext", NULL,
};
/* clang-format on */
static const char *const finders[] = {FINDERS, NULL};

static const char *const hooks[] = {"__tsan_init", NULL};

struct search {
	const struct modules *modules;
	const char *const *names;
	bool found;
};

/* A module's table of dynamic symbols; `count` covers all imports. */
struct table {
	const ElfW(Sym) * symbols;
	const char *strings;
	size_t count;
};

static struct table read_table(const struct dl_phdr_info *info,
			       const ElfW(Dyn) * dynamic)
{
	struct table table = {0};

	for (; dynamic->d_tag != DT_NULL; dynamic++) {
		const void *at = dynamic_pointer(info, dynamic);

		if (dynamic->d_tag == DT_SYMTAB)
			table.symbols = at;
		else if (dynamic->d_tag == DT_STRTAB)
			table.strings = at;
		else if (dynamic->d_tag == DT_GNU_HASH ||
			 (dynamic->d_tag == DT_HASH && table.count == 0))
			table.count = ((const uint32_t *)at)[1];
	}
	return table;
}

static bool is_listed(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static bool imports(const struct table *table, const char *const *names)
{
	if (!table->symbols || !table->strings)
		return false;
	for (size_t i = 1; i < table->count; i++) {
		const ElfW(Sym) *symbol = &table->symbols[i];

		if (symbol->st_shndx == SHN_UNDEF &&
		    is_listed(names, table->strings + symbol->st_name))
			return true;
	}
	return false;
}

static bool is_own(const struct modules *modules, uintptr_t bias)
{
	for (unsigned i = 0; i < modules->count; i++)
		if (modules->at[i].bias == bias && modules->at[i].own)
			return true;
	return false;
}

static bool module_imports(const struct dl_phdr_info *info,
			   const char *const *names)
{
	const ElfW(Dyn) *dynamic = dynamic_section(info);
	struct table table;

	if (!dynamic)
		return false;
	table = read_table(info, dynamic);
	return imports(&table, names);
}

bool imports_hooks(const struct dl_phdr_info *info)
{
	return module_imports(info, hooks);
}

static int search_module(struct dl_phdr_info *info, size_t bytes, void *context)
{
	struct search *search = context;

	(void)bytes;
	if (is_own(search->modules, info->dlpi_addr))
		return 0;
	search->found = module_imports(info, search->names);
	return search->found;
}

static bool any_imports(const struct modules *modules, const char *const *names)
{
	struct search search = {.modules = modules, .names = names};

	dl_iterate_phdr(search_module, &search);
	return search.found;
}

bool imports_thread_state(const struct modules *modules)
{
	return any_imports(modules, thread_state);
}

bool imports_exception_flags(const struct modules *modules)
{
	return any_imports(modules, exception_flags);
}

bool imports_stack_switch(const struct modules *modules)
{
	return any_imports(modules, stack_switch);
}

bool imports_finders(const struct modules *modules)
{
	return any_imports(modules, finders);
}
