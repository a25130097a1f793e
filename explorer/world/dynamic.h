/*
 * The dynamic section of a module, as the loader has left it.
 */
#ifndef EXPLORER_WORLD_DYNAMIC_H
#define EXPLORER_WORLD_DYNAMIC_H

#include <link.h>
#include <stddef.h>
#include <stdint.h>

/* The section, or NULL if the module has none. */
static inline const ElfW(Dyn) * dynamic_section(const struct dl_phdr_info *info)
{
	for (unsigned i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_DYNAMIC)
			return (const void *)(info->dlpi_addr +
					      info->dlpi_phdr[i].p_vaddr);
	return NULL;
}

/* What an entry points to: the loader has added the bias to the pointers of
 * most modules. */
static inline const void *dynamic_pointer(const struct dl_phdr_info *info,
					  const ElfW(Dyn) * entry)
{
	uintptr_t pointer = entry->d_un.d_ptr;

	return (const void *)(pointer < info->dlpi_addr
				      ? pointer + info->dlpi_addr
				      : pointer);
}

#endif
