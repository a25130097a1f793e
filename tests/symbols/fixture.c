#include "symbols/fixture.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static char folder[] = "/tmp/explorer-symbols-XXXXXX";

void fixture_begin(void)
{
	cr_assert(mkdtemp(folder));
}

void fixture_end(void)
{
	char *command = text_format("rm -r '%s'", folder);

	cr_assert(system(command) == 0);
	free(command);
}

char *fixture_path(const char *name)
{
	return text_format("%s/%s", folder, name);
}

/* The folder of the fixtures, which lies beside this file. */
static char *sources(void)
{
	char *real = realpath(__FILE__, NULL);
	char *path;

	cr_assert(real, "run the tests in the folder they were compiled in");
	path = text_format("%.*s/fixtures", (int)(strrchr(real, '/') - real),
			   real);
	free(real);
	return path;
}

static void add_expanded(struct buffer *text, const char *arguments)
{
	char *source = sources();
	const char *next;

	while ((next = strstr(arguments, "%s")) != NULL) {
		text_add(text, "%.*s%s", (int)(next - arguments), arguments,
			 source);
		arguments = next + 2;
	}
	text_add(text, "%s", arguments);
	free(source);
}

char *fixture_compile(const char *compiler, const char *name,
		      const char *arguments)
{
	char *path = fixture_path(name);
	struct buffer command = {0};

	text_add(&command, "%s -o '%s' -L'%s' -Wl,-rpath,'%s' ", compiler, path,
		 folder, folder);
	add_expanded(&command, arguments);
	cr_assert(system((const char *)command.data) == 0, "%s", command.data);
	buffer_fini(&command);
	return path;
}

char *fixture_build(const char *name, const char *arguments)
{
	return fixture_compile("gcc -g -O0", name, arguments);
}

struct symbols *fixture_open(const char *name)
{
	char *arguments = text_format("%%s/%s.c", name);
	char *path = fixture_build(name, arguments);
	struct symbols *symbols = symbols_new(path);

	free(arguments);
	free(path);
	return symbols;
}

static bool find_in_table(Elf *elf, Elf_Scn *section, const char *name,
			  GElf_Sym *ret_symbol)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Shdr header;

	if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB)
		return false;
	for (int i = 0; gelf_getsym(data, i, ret_symbol); i++) {
		const char *found =
			elf_strptr(elf, header.sh_link, ret_symbol->st_name);

		if (found && strcmp(found, name) == 0)
			return true;
	}
	return false;
}

static GElf_Sym find_symbol(const char *path, const char *name)
{
	int file = open(path, O_RDONLY);
	GElf_Sym symbol = {0};
	bool is_found = false;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(file, ELF_C_READ, NULL);
	cr_assert(elf, "%s", path);
	for (Elf_Scn *section = elf_nextscn(elf, NULL); section && !is_found;
	     section = elf_nextscn(elf, section))
		is_found = find_in_table(elf, section, name, &symbol);
	cr_assert(is_found, "%s", name);
	elf_end(elf);
	close(file);
	return symbol;
}

uint64_t fixture_address(const char *path, const char *symbol)
{
	return find_symbol(path, symbol).st_value;
}

uint64_t fixture_bytes(const char *path, const char *symbol)
{
	return find_symbol(path, symbol).st_size;
}

unsigned fixture_line(const char *name, const char *text)
{
	char *source = sources();
	char *path = text_format("%s/%s", source, name);
	FILE *file = fopen(path, "r");
	char line[256];
	unsigned number = 0;

	cr_assert(file, "%s", path);
	do {
		cr_assert(fgets(line, sizeof(line), file), "%s", text);
		number++;
	} while (!strstr(line, text));
	fclose(file);
	free(path);
	free(source);
	return number;
}
