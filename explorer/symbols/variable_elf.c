#include "symbols/variable_elf.h"

#include <gelf.h>
#include <string.h>

/* A walk through a symbol table. */
struct walk {
	struct variables *variables;
	const struct cache *declared;
	struct cache known; /* struct place -> variable in the table */
	struct variables added;
	const char *file; /* that the local symbols come from */
};

/* The address of one variable may be the thread-local offset of another. */
struct place {
	uint64_t address;
	uint64_t is_thread_local;
};

static struct place place_of(const struct variable *variable)
{
	return (struct place){variable->address, variable->is_thread_local};
}

static void know_all(struct walk *walk)
{
	for (size_t i = 0; i < walk->variables->count; i++) {
		struct variable *item = &walk->variables->items[i];
		struct place place = place_of(item);

		*cache_slot(&walk->known, &place, sizeof(place)) = item;
	}
}

static bool is_named_thing(const GElf_Sym *symbol)
{
	unsigned char type = GELF_ST_TYPE(symbol->st_info);

	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_ABS &&
	       (type == STT_OBJECT || type == STT_FUNC ||
		type == STT_GNU_IFUNC || type == STT_TLS);
}

/* The linker writes versions behind names: "stdout@GLIBC_2.2.5". */
static const char *without_version(struct walk *walk, const char *name)
{
	size_t length = strcspn(name, "@");

	if (!name[length] || length == 0)
		return name;
	return cache_intern(&walk->variables->strings, name, length);
}

/* What the debug information declares under that name, if anything. */
static struct variable declared_as(const struct walk *walk, const char *name)
{
	const struct variable *declared =
		cache_get(walk->declared, name, strlen(name));

	return declared
		       ? *declared
		       : (struct variable){.name = name, .scope = SCOPE_SYMBOL};
}

static void visit_symbol(struct walk *walk, const GElf_Sym *symbol,
			 const char *name)
{
	bool is_local = GELF_ST_BIND(symbol->st_info) == STB_LOCAL;
	unsigned char type = GELF_ST_TYPE(symbol->st_info);
	struct variable variable = {.name = without_version(walk, name),
				    .scope = SCOPE_SYMBOL};
	struct variable *known;
	struct place place;

	if (!is_local && type == STT_OBJECT)
		variable = declared_as(walk, variable.name);
	else if (is_local)
		variable.file = walk->file;
	variable.is_function = type == STT_FUNC || type == STT_GNU_IFUNC;
	variable.is_thread_local = type == STT_TLS;
	variable.address = symbol->st_value;
	variable.bytes = symbol->st_size;
	place = place_of(&variable);
	known = cache_get(&walk->known, &place, sizeof(place));
	if (!known)
		variables_add(&walk->added, variable);
	else if (known->bytes < variable.bytes)
		known->bytes = variable.bytes;
}

static void visit_table(struct walk *walk, Elf *elf, Elf_Scn *section,
			size_t strings)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	for (int i = 1; data && gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, strings, symbol.st_name);

		if (GELF_ST_TYPE(symbol.st_info) == STT_FILE)
			walk->file = name && *name ? name : NULL;
		else if (name && *name && is_named_thing(&symbol))
			visit_symbol(walk, &symbol, name);
	}
}

/* The first table of that type. False if there is none. */
static bool visit_type(struct walk *walk, Elf *elf, GElf_Word type)
{
	for (Elf_Scn *section = elf_nextscn(elf, NULL); section;
	     section = elf_nextscn(elf, section)) {
		GElf_Shdr header;

		if (!gelf_getshdr(section, &header) || header.sh_type != type)
			continue;
		visit_table(walk, elf, section, header.sh_link);
		return true;
	}
	return false;
}

void variables_add_elf(struct variables *variables, Elf *elf,
		       const struct cache *declared)
{
	struct walk walk = {.variables = variables, .declared = declared};

	know_all(&walk);
	if (!visit_type(&walk, elf, SHT_SYMTAB))
		visit_type(&walk, elf, SHT_DYNSYM);
	for (size_t i = 0; i < walk.added.count; i++)
		variables_add(variables, walk.added.items[i]);
	variables_fini(&walk.added);
	cache_fini(&walk.known, NULL);
}
