/*
 * The heap: what is refused, what is aligned, what is kept.
 */
#include "check.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Not a constant, so that no compiler complains. */
static volatile size_t huge = SIZE_MAX / 2;
static volatile size_t zero;

static bool is_aligned(const void *pointer, size_t alignment)
{
	return pointer != NULL && (uintptr_t)pointer % alignment == 0;
}

static bool is_refused(void *pointer)
{
	const bool refused = pointer == NULL && errno == ENOMEM;

	free(pointer);
	errno = 0;
	return refused;
}

static bool is_zero(const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static void refusing(void)
{
	void *pointer = NULL;

	CHECK_VALUE(is_refused(malloc(huge)));
	CHECK_VALUE(is_refused(calloc(huge, 4)));
	CHECK_VALUE(is_refused(reallocarray(NULL, huge, 4)));
	CHECK_VALUE(is_refused(aligned_alloc(64, huge)));
	CHECK_ERROR(posix_memalign(&pointer, 24, 8));
	CHECK_ERROR(posix_memalign(&pointer, 2, 8));
	CHECK_ERROR(posix_memalign(&pointer, 64, huge));
	CHECK_VALUE(pointer == NULL);
	free(NULL);
}

static void aligning(void)
{
	void *pointer = NULL;
	void *blocks[5] = {malloc(1), memalign(256, 3), aligned_alloc(64, 64),
			   valloc(10), pvalloc(10)};

	CHECK_VALUE(is_aligned(blocks[0], 16));
	CHECK_VALUE(is_aligned(blocks[1], 256));
	CHECK_VALUE(is_aligned(blocks[2], 64));
	CHECK_VALUE(is_aligned(blocks[3], 4096));
	CHECK_VALUE(is_aligned(blocks[4], 4096));
	for (int i = 0; i < 5; i++)
		free(blocks[i]);
	CHECK_ERROR(posix_memalign(&pointer, 1024, 5));
	CHECK_VALUE(is_aligned(pointer, 1024));
	free(pointer);
}

static void resizing(void)
{
	char *block = realloc(NULL, 4);

	memcpy(block, "abc", 4);
	block = realloc(block, 4000);
	CHECK_VALUE(strcmp(block, "abc"));
	block = realloc(block, 2);
	CHECK_VALUE(block[1]);
	block = reallocarray(block, 10, 10);
	CHECK_VALUE(block[0]);
	CHECK_VALUE(malloc_usable_size(block) >= 100);
	CHECK_VALUE(malloc_usable_size(NULL));
	CHECK_VALUE(realloc(block, zero) == NULL);
}

static void empty_blocks(void)
{
	void *one = malloc(zero);
	void *two = malloc(zero);
	char *zeros = calloc(100, 7);
	void *none = calloc(zero, 7);

	CHECK_VALUE(one != NULL);
	CHECK_VALUE(one != two);
	CHECK_VALUE(is_zero(zeros, 700));
	CHECK_VALUE(none != NULL);
	free(one);
	free(two);
	free(zeros);
	free(none);
}

int main(void)
{
	refusing();
	aligning();
	resizing();
	empty_blocks();
	return 0;
}
