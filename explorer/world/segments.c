/*
 * Modules and their writable segments, from the loader's own list.
 */
#include "world/segments.h"

#include <assert.h>
#include <link.h>
#include <string.h>

#include "world/imports.h"
#include "world/layout.h"

static uintptr_t page_down(uintptr_t address)
{
	return address & ~(uintptr_t)(PAGE_BYTES - 1);
}

static uintptr_t page_up(uintptr_t address)
{
	return page_down(address + PAGE_BYTES - 1);
}

static void note_segment(struct module *module, const ElfW(Phdr) * header)
{
	uintptr_t start = module->bias + header->p_vaddr;
	uintptr_t end = start + header->p_memsz;

	if (header->p_type == PT_TLS && header->p_memsz > 0)
		module->has_tls = true;
	if (header->p_type != PT_LOAD)
		return;
	if (module->end == 0 || start < module->start)
		module->start = start;
	if (end > module->end)
		module->end = end;
	if (header->p_flags & PF_X) {
		module->code_start = start;
		module->code_end = end;
	}
}

static const char *name_of(const char *path)
{
	const char *name = path;

	for (const char *c = path; *c; c++)
		if (*c == '/')
			name = c + 1;
	return name;
}

static bool is_system(const char *path)
{
	const char *name = name_of(path);

	return strncmp(name, "libc.so", 7) == 0 || strncmp(name, "ld-", 3) == 0;
}

/* What these keep for themselves no thread shares with another but through
 * functions that know of threads. */
static bool is_of_compiler(const char *path)
{
	static const char *const names[] = {
		"libgcc_s.so", "libstdc++.so", "libm.so",      "libatomic.so",
		"libgomp.so",  "libc++.so",    "libc++abi.so", "linux-vdso.so",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(name_of(path), names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static int note_module(struct dl_phdr_info *info, size_t bytes, void *context)
{
	struct modules *modules = context;
	struct module *module = &modules->at[modules->count];
	uintptr_t here = (uintptr_t)note_module;

	(void)bytes;
	if (modules->count == MODULES_MAX)
		return 1;
	*module = (struct module){.path = info->dlpi_name,
				  .bias = info->dlpi_addr,
				  .system = is_system(info->dlpi_name)};
	for (unsigned i = 0; i < info->dlpi_phnum; i++)
		note_segment(module, &info->dlpi_phdr[i]);
	module->own = here >= module->start && here < module->end;
	module->framed =
		modules->count == 0 || module->own || imports_hooks(info);
	module->foreign = !module->framed && !module->system &&
			  !is_of_compiler(module->path);
	modules->count++;
	return 0;
}

void modules_find(struct modules *modules)
{
	modules->count = 0;
	dl_iterate_phdr(note_module, modules);
}

/* A writable segment begins where the part that the loader makes read-only
 * after relocation ends. */
static void add_segment(const struct dl_phdr_info *info,
			const ElfW(Phdr) * segment, struct pages *pages)
{
	uintptr_t start = info->dlpi_addr + segment->p_vaddr;
	uintptr_t end = page_up(start + segment->p_memsz);

	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t relro = info->dlpi_addr + header->p_vaddr;

		if (header->p_type == PT_GNU_RELRO && relro >= start &&
		    relro < end)
			start = relro + header->p_memsz;
	}
	start = page_down(start);
	if (start < end)
		pages_add(pages, (void *)start, end - start);
}

struct add_context {
	const struct modules *modules;
	struct pages *pages;
};

static int add_module(struct dl_phdr_info *info, size_t bytes, void *context)
{
	struct add_context *add = context;

	(void)bytes;
	for (unsigned i = 0; i < add->modules->count; i++)
		if (add->modules->at[i].bias == info->dlpi_addr &&
		    add->modules->at[i].own)
			return 0;
	for (unsigned i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_LOAD &&
		    info->dlpi_phdr[i].p_flags & PF_W)
			add_segment(info, &info->dlpi_phdr[i], add->pages);
	return 0;
}

void segments_add(const struct modules *modules, struct pages *pages)
{
	struct add_context add = {modules, pages};

	dl_iterate_phdr(add_module, &add);
}

const struct module *modules_at(const struct modules *modules,
				uintptr_t address)
{
	for (unsigned i = 0; i < modules->count; i++)
		if (address >= modules->at[i].start &&
		    address < modules->at[i].end)
			return &modules->at[i];
	return NULL;
}

struct module *modules_foreign_at(struct modules *modules, uintptr_t address)
{
	for (unsigned i = 0; i < modules->count; i++)
		if (modules->at[i].foreign && address >= modules->at[i].start &&
		    address < modules->at[i].end)
			return &modules->at[i];
	return NULL;
}

struct code_place modules_place(const struct modules *modules,
				uintptr_t address)
{
	const struct module *module = modules_at(modules, address);

	if (!module)
		return (struct code_place){PLACE_UNKNOWN, 0};
	return (struct code_place){(uint32_t)(module - modules->at),
				   address - module->bias};
}
