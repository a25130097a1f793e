#include "symbols/module.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "symbols/spelling.h"

void module_init(struct module *module, const char *path)
{
	const char *slash;

	*module = (struct module){.path = text_format("%s", path), .file = -1};
	slash = strrchr(module->path, '/');
	module->name = slash ? slash + 1 : module->path;
}

void module_fini(struct module *module)
{
	spellings_fini(module);
	variables_fini(&module->variables);
	if (module->dwarf)
		dwarf_end(module->dwarf);
	if (module->elf)
		elf_end(module->elf);
	if (module->file >= 0)
		close(module->file);
	free(module->path);
}

/*
 * How far below the thread pointer the executable's thread-local variables
 * begin. The loader gives the executable the place next to the thread
 * pointer; where a library's variables lie depends on what else is loaded, so
 * that they have no names. Other processors lay threads out otherwise.
 */
static uint64_t thread_block(Elf *elf)
{
	GElf_Ehdr header;
	size_t count;

	if (!gelf_getehdr(elf, &header) || header.e_machine != EM_X86_64 ||
	    elf_getphdrnum(elf, &count) != 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr segment;
		uint64_t mask;
		uint64_t skew;

		if (!gelf_getphdr(elf, (int)i, &segment) ||
		    segment.p_type != PT_TLS)
			continue;
		mask = segment.p_align ? segment.p_align - 1 : 0;
		skew = -segment.p_vaddr & mask;
		return ((segment.p_memsz - skew + mask) & ~mask) + skew;
	}
	return 0;
}

void module_open(struct module *module)
{
	if (module->is_open)
		return;
	module->is_open = true;
	elf_version(EV_CURRENT);
	module->file = open(module->path, O_RDONLY | O_CLOEXEC);
	if (module->file < 0)
		return;
	module->elf = elf_begin(module->file, ELF_C_READ_MMAP, NULL);
	if (module->elf && elf_kind(module->elf) != ELF_K_ELF) {
		elf_end(module->elf);
		module->elf = NULL;
	}
	if (!module->elf)
		return;
	module->dwarf = dwarf_begin_elf(module->elf, DWARF_C_READ, NULL);
	module->thread_block = thread_block(module->elf);
	variables_collect(&module->variables, module->dwarf, module->elf);
	spellings_collect(module);
}

/* A section that has a name and is in memory when the program runs. */
static const char *section_name(const struct module *module, Elf_Scn *section,
				GElf_Shdr *ret_header)
{
	size_t strings;

	if (!gelf_getshdr(section, ret_header) ||
	    !(ret_header->sh_flags & SHF_ALLOC) ||
	    elf_getshdrstrndx(module->elf, &strings) != 0)
		return NULL;
	return elf_strptr(module->elf, strings, ret_header->sh_name);
}

const char *module_section_at(const struct module *module, uint64_t address,
			      uint64_t *ret_start)
{
	Elf_Scn *section = NULL;

	while (module->elf &&
	       (section = elf_nextscn(module->elf, section)) != NULL) {
		GElf_Shdr header;
		const char *name = section_name(module, section, &header);

		/* .tbss is a template: it takes no addresses. */
		if (!name ||
		    (header.sh_type == SHT_NOBITS && header.sh_flags & SHF_TLS))
			continue;
		if (address - header.sh_addr < header.sh_size) {
			*ret_start = header.sh_addr;
			return name;
		}
	}
	return NULL;
}

bool module_section_named(const struct module *module, const char *name,
			  uint64_t *ret_start)
{
	Elf_Scn *section = NULL;

	while (module->elf &&
	       (section = elf_nextscn(module->elf, section)) != NULL) {
		GElf_Shdr header;
		const char *found = section_name(module, section, &header);

		if (found && strcmp(found, name) == 0) {
			*ret_start = header.sh_addr;
			return true;
		}
	}
	return false;
}
