/*
 * Slots, from the loader's own tables. See slots.h.
 *
 * What was relocated is read-only by now, and gets so again.
 */
#include "world/slots.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#include "world/dynamic.h"
#include "world/layout.h"

#ifdef __x86_64__

struct replacing {
	const struct modules *modules;
	slot_choice *choose;
	void *context;
	int status;
};

/* A module's relocations by symbol: of calls, and of addresses. */
struct tables {
	const ElfW(Rela) * relocations[2];
	size_t bytes[2];
	const ElfW(Sym) * symbols;
	const char *strings;
};

static struct tables read_tables(const struct dl_phdr_info *info)
{
	const ElfW(Dyn) *entry = dynamic_section(info);
	struct tables tables = {0};

	for (; entry && entry->d_tag != DT_NULL; entry++) {
		const void *at = dynamic_pointer(info, entry);

		if (entry->d_tag == DT_JMPREL)
			tables.relocations[0] = at;
		else if (entry->d_tag == DT_PLTRELSZ)
			tables.bytes[0] = entry->d_un.d_val;
		else if (entry->d_tag == DT_RELA)
			tables.relocations[1] = at;
		else if (entry->d_tag == DT_RELASZ)
			tables.bytes[1] = entry->d_un.d_val;
		else if (entry->d_tag == DT_SYMTAB)
			tables.symbols = at;
		else if (entry->d_tag == DT_STRTAB)
			tables.strings = at;
	}
	return tables;
}

static void replace(struct replacing *replacing,
		    const struct dl_phdr_info *info,
		    const struct tables *tables, const ElfW(Rela) * relocation)
{
	unsigned type = ELF64_R_TYPE(relocation->r_info);
	const ElfW(Sym) *symbol =
		&tables->symbols[ELF64_R_SYM(relocation->r_info)];
	void **slot = (void **)(info->dlpi_addr + relocation->r_offset);

	if ((type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT) && *slot)
		*slot = replacing->choose(replacing->context,
					  tables->strings + symbol->st_name,
					  *slot);
}

static void replace_all(struct replacing *replacing,
			const struct dl_phdr_info *info,
			const struct tables *tables, unsigned number)
{
	const ElfW(Rela) *relocation = tables->relocations[number];
	size_t count = tables->bytes[number] / sizeof(*relocation);

	for (size_t i = 0; relocation && i < count; i++)
		replace(replacing, info, tables, &relocation[i]);
}

/* Protects what the loader has made read-only after relocation. */
static int protect(const struct dl_phdr_info *info, int protection)
{
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t start = info->dlpi_addr + header->p_vaddr;
		uintptr_t end = start + header->p_memsz;

		start &= ~(uintptr_t)(PAGE_BYTES - 1);
		end &= ~(uintptr_t)(PAGE_BYTES - 1);
		if (header->p_type == PT_GNU_RELRO && start < end &&
		    mprotect((void *)start, end - start, protection) < 0)
			return -1;
	}
	return 0;
}

static bool is_replaced(const struct modules *modules, uintptr_t bias)
{
	for (unsigned i = 0; i < modules->count; i++)
		if (modules->at[i].bias == bias)
			return modules->at[i].framed && !modules->at[i].own;
	return false;
}

static int replace_in(struct dl_phdr_info *info, size_t bytes, void *context)
{
	struct replacing *replacing = context;
	struct tables tables;

	(void)bytes;
	if (!is_replaced(replacing->modules, info->dlpi_addr))
		return 0;
	if (protect(info, PROT_READ | PROT_WRITE) < 0)
		return replacing->status = -1;
	tables = read_tables(info);
	for (unsigned t = 0; t < 2; t++)
		replace_all(replacing, info, &tables, t);
	return replacing->status = protect(info, PROT_READ);
}

int slots_replace(const struct modules *modules, slot_choice *choose,
		  void *context)
{
	struct replacing replacing = {modules, choose, context, 0};

	dl_iterate_phdr(replace_in, &replacing);
	return replacing.status;
}

#else

int slots_replace(const struct modules *modules, slot_choice *choose,
		  void *context)
{
	(void)modules;
	(void)choose;
	(void)context;
	return 0;
}

#endif
