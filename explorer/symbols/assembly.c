/*
 * Where a program has inline assembly. See assembly.h.
 */
#include "symbols/assembly.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "symbols/state.h"

static bool is_ours(Elf *elf, Elf_Scn *section, size_t names)
{
	GElf_Shdr header;
	const char *name;

	if (!gelf_getshdr(section, &header) || header.sh_type != SHT_PROGBITS)
		return false;
	name = elf_strptr(elf, names, header.sh_name);
	return name && strcmp(name, ASSEMBLY_SECTION) == 0;
}

static void read_notes(Elf *elf, struct buffer *notes)
{
	Elf_Scn *section = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names) != 0)
		return;
	while ((section = elf_nextscn(elf, section)) != NULL) {
		const Elf_Data *data;

		if (!is_ours(elf, section, names))
			continue;
		data = elf_getdata(section, NULL);
		if (data && data->d_buf && data->d_size > 0 &&
		    ((const char *)data->d_buf)[data->d_size - 1] == '\0')
			buffer_put(notes, data->d_buf, data->d_size);
	}
}

/* Not by way of module_open(), which reads all the names that there are. */
static void read_module(const char *path, struct buffer *notes)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;

	if (file < 0)
		return;
	elf_version(EV_CURRENT);
	elf = elf_begin(file, ELF_C_READ_MMAP, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF)
		read_notes(elf, notes);
	if (elf)
		elf_end(elf);
	close(file);
}

void symbols_assembly(const struct symbols *symbols, struct buffer *ret_notes)
{
	for (size_t i = 0; i < symbols->module_count; i++)
		read_module(symbols->modules[i].path, ret_notes);
}
