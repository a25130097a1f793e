/*
 * Thread-local storage for green threads. See tls.h.
 *
 * The layout is the one of x86-64 and of other machines where the thread
 * control block lies at the thread pointer and variables below it. In the
 * control block, the words at 0 and 16 point to the block itself, 8 holds the
 * loader's vector of blocks; what follows, up to HEAD_BYTES, are guards and
 * flags that are the same for all threads of a process. libc's raise() goes by
 * the kernel's thread number, which is kept further up.
 */
#include "world/tls.h"

#include <assert.h>
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <asm/prctl.h>
#include <immintrin.h>
#endif

#include "world/imports.h"

#define HWCAP2_FSGSBASE_BIT 2U
#define HEAD_BYTES	    0x78U
/* How far up the control block the thread number is looked for. */
#define CONTROL_BYTES 0x700U

void __ctype_init(void);

typedef void *allocate_function(void *);

static allocate_function *allocate_tls;
/* libc's, of which each thread's block has a list; NULL if there is none. */
static void (*destroy_tls)(void);

/* Modules whose thread-local variables nobody notices if threads share them,
 * unless imports.h says so. */
static bool is_libc(const struct module *module)
{
	const char *name = module->path;

	for (const char *c = name; *c; c++)
		if (*c == '/')
			name = c + 1;
	return strlen(name) >= 7 && memcmp(name, "libc.so", 7) == 0;
}

/* Where this thread has a module's variables, every thread has them. */
static int note_part(struct dl_phdr_info *info, size_t bytes, void *context)
{
	struct tls *tls = context;
	uintptr_t pointer = (uintptr_t)tls->native;
	uintptr_t data = (uintptr_t)info->dlpi_tls_data;

	(void)bytes;
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		struct tls_part part = {pointer - data,
					info->dlpi_phdr[i].p_memsz};

		if (info->dlpi_phdr[i].p_type != PT_TLS || !data ||
		    data >= pointer || tls->part_count == TLS_PARTS_MAX)
			continue;
		tls->parts[tls->part_count++] = part;
		if (tls->bytes < part.offset)
			tls->bytes = part.offset;
	}
	return 0;
}

int tls_init(struct tls *tls, const struct modules *modules)
{
	void *allocate = dlsym(RTLD_DEFAULT, "_dl_allocate_tls");
	void *destroy = dlsym(RTLD_DEFAULT, "__call_tls_dtors");

	*tls = (struct tls){.native = __builtin_thread_pointer(),
			    .number = (uint32_t)getpid(),
			    .separate = imports_thread_state(modules)};
	for (unsigned i = 0; i < modules->count; i++)
		if (modules->at[i].has_tls && !is_libc(&modules->at[i]))
			tls->separate = true;
#if defined(__x86_64__)
	tls->fast = getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE_BIT;
#endif
	if (!allocate)
		return -1;
	memcpy(&allocate_tls, &allocate, sizeof(allocate));
	memcpy(&destroy_tls, &destroy, sizeof(destroy));
	dl_iterate_phdr(note_part, tls);
	return 0;
}

static void copy_thread_number(uint8_t *to, const uint8_t *from,
			       uint32_t number)
{
	for (size_t i = HEAD_BYTES; i < CONTROL_BYTES; i += sizeof(number))
		if (memcmp(from + i, &number, sizeof(number)) == 0)
			memcpy(to + i, &number, sizeof(number));
}

void *tls_new(const struct tls *tls)
{
	uint8_t *block = allocate_tls(NULL);
	const uint8_t *native = tls->native;
	void *vector;

	if (!block)
		return NULL;
	memcpy(&vector, block + 8, sizeof(vector));
	memcpy(block, native, HEAD_BYTES);
	memcpy(block, &block, sizeof(block));
	memcpy(block + 8, &vector, sizeof(vector));
	memcpy(block + 16, &block, sizeof(block));
	copy_thread_number(block, native, tls->number);
	return block;
}

void *tls_new_main(const struct tls *tls)
{
	uint8_t *block = tls_new(tls);

	for (unsigned i = 0; block && i < tls->part_count; i++) {
		const struct tls_part *part = &tls->parts[i];

		memcpy(block - part->offset,
		       (const uint8_t *)tls->native - part->offset,
		       part->bytes);
	}
	return block;
}

#if defined(__x86_64__)
__attribute__((target("fsgsbase"))) static void write_pointer(void *pointer)
{
	_writefsbase_u64((uintptr_t)pointer);
}

void tls_switch(const struct tls *tls, void *pointer)
{
	if (tls->fast)
		write_pointer(pointer);
	else
		syscall(SYS_arch_prctl, ARCH_SET_FS, pointer);
}
#else
void tls_switch(const struct tls *tls, void *pointer)
{
	(void)tls;
	(void)pointer;
	assert(!"thread-local storage is switched on x86-64 only");
}
#endif

void tls_destroy(void)
{
	if (destroy_tls)
		destroy_tls();
}

void tls_start(void)
{
	__ctype_init();
}
