/*
 * Every way to get memory, and to give it back.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int wrong;

static void use(void *block, size_t bytes, size_t alignment)
{
	if (block == NULL || (uintptr_t)block % alignment != 0)
		wrong++;
	else
		memset(block, 0x77, bytes);
	free(block);
}

int main(void)
{
	void *block = NULL;
	char *text;

	use(malloc(1), 1, 16);
	use(calloc(7, 9), 63, 16);
	use(realloc(NULL, 100), 100, 16);
	use(reallocarray(NULL, 10, 10), 100, 16);
	use(aligned_alloc(64, 128), 128, 64);
	use(memalign(256, 100), 100, 256);
	use(valloc(100), 100, 4096);
	use(pvalloc(100), 4096, 4096);
	if (posix_memalign(&block, 1024, 10) != 0)
		wrong++;
	use(block, 10, 1024);
	text = strdup("twelve bytes");
	text = realloc(text, 100000);
	if (strcmp(text, "twelve bytes") != 0 ||
	    malloc_usable_size(text) < 100000)
		wrong++;
	free(text);
	free(NULL);
	return 0;
}
