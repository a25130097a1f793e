#include "symbols/elf.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the file's headers say, gathered in one pass. */
struct headers {
	GElf_Ehdr elf;
	bool has_interpreter;
	bool is_position_independent; /* DF_1_PIE: a program, not a library */
	bool has_tls;
	bool gives_names;
	bool needs_explorer;
	bool needs_libtsan;
	char build_id[2 * ELF_BUILD_ID_MAX + 1];
};

static bool starts_with(const char *string, const char *start)
{
	return strncmp(string, start, strlen(start)) == 0;
}

static void read_needed(struct headers *headers, const char *library)
{
	if (!library)
		return;
	if (starts_with(library, "libexplorer.so"))
		headers->needs_explorer = true;
	if (starts_with(library, "libtsan.so"))
		headers->needs_libtsan = true;
}

static void read_dynamic(Elf *elf, Elf_Data *data, size_t strings,
			 struct headers *headers)
{
	GElf_Dyn entry;

	for (int i = 0; gelf_getdyn(data, i, &entry); i++) {
		if (entry.d_tag == DT_NULL)
			break;
		if (entry.d_tag == DT_NEEDED)
			read_needed(headers,
				    elf_strptr(elf, strings, entry.d_un.d_val));
		if (entry.d_tag == DT_FLAGS_1)
			headers->is_position_independent =
				entry.d_un.d_val & DF_1_PIE;
	}
}

/* With -static-libtsan the program itself defines libtsan's functions. What is
 * called by way of <explorer.h> is not defined. */
static void read_dynamic_symbols(Elf *elf, Elf_Data *data, size_t strings,
				 struct headers *headers)
{
	GElf_Sym symbol;

	for (int i = 0; gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(elf, strings, symbol.st_name);

		if (symbol.st_shndx != SHN_UNDEF && name &&
		    strcmp(name, "__tsan_init") == 0)
			headers->needs_libtsan = true;
		if (symbol.st_shndx == SHN_UNDEF && name &&
		    strcmp(name, "explorer_hook_watch") == 0)
			headers->gives_names = true;
	}
}

static void read_sections(Elf *elf, struct headers *headers)
{
	for (Elf_Scn *section = elf_nextscn(elf, NULL); section;
	     section = elf_nextscn(elf, section)) {
		GElf_Shdr header;
		Elf_Data *data;

		if (!gelf_getshdr(section, &header) ||
		    (header.sh_type != SHT_DYNAMIC &&
		     header.sh_type != SHT_DYNSYM))
			continue;
		data = elf_getdata(section, NULL);
		if (!data)
			continue;
		if (header.sh_type == SHT_DYNAMIC)
			read_dynamic(elf, data, header.sh_link, headers);
		else
			read_dynamic_symbols(elf, data, header.sh_link,
					     headers);
	}
}

static void read_notes(Elf_Data *data, struct headers *headers)
{
	size_t name;
	size_t description;
	GElf_Nhdr note;

	for (size_t at = 0;
	     (at = gelf_getnote(data, at, &note, &name, &description)) > 0;) {
		const unsigned char *bytes =
			(const unsigned char *)data->d_buf + description;

		if (note.n_type != NT_GNU_BUILD_ID ||
		    note.n_namesz != sizeof("GNU") ||
		    memcmp((const char *)data->d_buf + name, "GNU",
			   sizeof("GNU")) != 0 ||
		    note.n_descsz > ELF_BUILD_ID_MAX)
			continue;
		for (size_t i = 0; i < note.n_descsz; i++)
			snprintf(headers->build_id + 2 * i, 3, "%02x",
				 bytes[i]);
	}
}

static void read_segments(Elf *elf, struct headers *headers)
{
	size_t count;

	if (elf_getphdrnum(elf, &count) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr segment;
		Elf_Data *data;

		if (!gelf_getphdr(elf, (int)i, &segment))
			continue;
		if (segment.p_type == PT_INTERP)
			headers->has_interpreter = true;
		if (segment.p_type == PT_TLS)
			headers->has_tls = true;
		if (segment.p_type != PT_NOTE)
			continue;
		data = elf_getdata_rawchunk(
			elf, (int64_t)segment.p_offset, segment.p_filesz,
			segment.p_align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR);
		if (data)
			read_notes(data, headers);
	}
}

static bool read_headers(int file, struct headers *ret_headers)
{
	struct headers headers = {0};
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(file, ELF_C_READ, NULL);
	if (!elf)
		return false;
	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &headers.elf)) {
		elf_end(elf);
		return false;
	}
	read_segments(elf, &headers);
	read_sections(elf, &headers);
	elf_end(elf);
	*ret_headers = headers;
	return true;
}

/* Programs for this machine are those that look like our own. */
static bool is_for_this_machine(const GElf_Ehdr *elf)
{
	struct headers own;
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	bool known = file >= 0 && read_headers(file, &own);

	if (file >= 0)
		close(file);
	if (!known)
		return true;
	return elf->e_machine == own.elf.e_machine &&
	       elf->e_ident[EI_CLASS] == own.elf.e_ident[EI_CLASS];
}

static bool is_program(const struct headers *headers)
{
	return headers->elf.e_type == ET_EXEC ||
	       (headers->elf.e_type == ET_DYN &&
		(headers->has_interpreter || headers->is_position_independent));
}

static enum elf_kind judge(const struct headers *headers, const char *path)
{
	if (!is_for_this_machine(&headers->elf))
		return ELF_KIND_OTHER_MACHINE;
	if (!is_program(headers))
		return ELF_KIND_NOT_EXECUTABLE;
	if (access(path, X_OK) != 0)
		return ELF_KIND_NOT_PERMITTED;
	if (!headers->has_interpreter)
		return ELF_KIND_STATIC;
	if (headers->needs_libtsan)
		return ELF_KIND_LIBTSAN;
	if (!headers->needs_explorer)
		return ELF_KIND_NOT_EXPLORER;
	return ELF_KIND_GOOD;
}

/* Opening a pipe or a device could block or do something. */
static enum elf_kind open_file(const char *path, int *ret_file)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return errno == ENOENT || errno == ENOTDIR
			       ? ELF_KIND_MISSING
			       : ELF_KIND_UNREADABLE;
	if (!S_ISREG(status.st_mode))
		return ELF_KIND_NOT_ELF;
	*ret_file = open(path, O_RDONLY | O_CLOEXEC);
	return *ret_file < 0 ? ELF_KIND_UNREADABLE : ELF_KIND_GOOD;
}

enum elf_kind elf_inspect(const char *path, struct elf_facts *ret_facts)
{
	struct headers headers = {0};
	enum elf_kind kind;
	int error;
	int file;

	if (ret_facts)
		*ret_facts = (struct elf_facts){0};
	kind = open_file(path, &file);
	if (kind != ELF_KIND_GOOD)
		return kind;
	kind = read_headers(file, &headers) ? judge(&headers, path)
					    : ELF_KIND_NOT_ELF;
	error = errno;
	close(file);
	errno = error;
	if (ret_facts) {
		memcpy(ret_facts->build_id, headers.build_id,
		       sizeof(headers.build_id));
		ret_facts->has_tls = headers.has_tls;
		ret_facts->gives_names = headers.gives_names;
	}
	return kind;
}

bool elf_has_tls(const char *path)
{
	struct elf_facts facts;

	elf_inspect(path, &facts);
	return facts.has_tls;
}

bool elf_gives_names(const char *path)
{
	struct elf_facts facts;

	elf_inspect(path, &facts);
	return facts.gives_names;
}
