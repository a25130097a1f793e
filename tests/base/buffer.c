/*
 * explorer/base/buffer.c
 */
#include "base/buffer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

Test(buffer, gives_back_what_was_put)
{
	struct buffer buffer = {0};
	struct reader reader;
	size_t length;
	char *string;

	buffer_put_u32(&buffer, 7);
	buffer_put_u64(&buffer, UINT64_MAX - 1);
	buffer_put_block(&buffer, "a\0b", 3);
	buffer_put_string(&buffer, "hello");
	buffer_put_string(&buffer, NULL);

	reader = reader_of(buffer.data, buffer.length);
	cr_assert(eq(u32, reader_u32(&reader), 7));
	cr_assert(eq(u64, reader_u64(&reader), UINT64_MAX - 1));
	cr_assert(
		eq(int, memcmp(reader_block(&reader, &length), "a\0b", 3), 0));
	cr_assert(eq(sz, length, 3));
	string = reader_string(&reader);
	cr_assert(eq(str, string, "hello"));
	free(string);
	string = reader_string(&reader);
	cr_assert(eq(str, string, ""));
	free(string);
	cr_assert(not(reader.failed));
	cr_assert(eq(ptr, (void *)reader.next, (void *)reader.end));
	buffer_fini(&buffer);
}

Test(buffer, keeps_its_bytes_while_it_grows)
{
	struct buffer buffer = {0};

	for (unsigned i = 0; i < 10000; i++)
		buffer_put_u32(&buffer, i);
	cr_assert(le(sz, buffer.length, buffer.capacity));
	for (unsigned i = 0; i < 10000; i++) {
		uint32_t value;

		memcpy(&value, buffer.data + 4 * i, 4);
		cr_assert(eq(u32, value, i));
	}
	buffer_clear(&buffer);
	cr_assert(eq(sz, buffer.length, 0));
	cr_assert(ge(sz, buffer.capacity, 40000));
	buffer_fini(&buffer);
	cr_assert(eq(sz, buffer.capacity, 0));
}

Test(reader, fails_for_good_past_the_end)
{
	static const uint8_t bytes[] = {1, 0, 0, 0, 2};
	struct reader reader = reader_of(bytes, sizeof(bytes));

	cr_assert(eq(u32, reader_u32(&reader), 1));
	cr_assert(eq(u32, reader_u32(&reader), 0));
	cr_assert(reader.failed);
	cr_assert(eq(ptr, (void *)reader_bytes(&reader, 1), NULL));
	cr_assert(eq(ptr, (void *)reader_bytes(&reader, 0), NULL));
}

Test(reader, refuses_a_block_longer_than_what_is_left)
{
	struct buffer buffer = {0};
	struct reader reader;
	size_t length = 99;
	char *string;

	buffer_put_u64(&buffer, UINT64_MAX);
	buffer_put(&buffer, "abc", 3);
	reader = reader_of(buffer.data, buffer.length);
	cr_assert(eq(ptr, (void *)reader_block(&reader, &length), NULL));
	cr_assert(eq(sz, length, 0));
	cr_assert(reader.failed);

	reader = reader_of(buffer.data, buffer.length);
	string = reader_string(&reader);
	cr_assert(eq(str, string, ""));
	cr_assert(reader.failed);
	free(string);
	buffer_fini(&buffer);
}

Test(reader, refuses_a_string_with_a_zero_inside)
{
	struct buffer buffer = {0};
	struct reader reader;
	char *string;

	buffer_put_block(&buffer, "a\0b", 3);
	reader = reader_of(buffer.data, buffer.length);
	string = reader_string(&reader);
	cr_assert(reader.failed);
	cr_assert(eq(str, string, ""));
	free(string);
	buffer_fini(&buffer);
}

Test(reader, of_nothing_is_at_its_end)
{
	struct reader reader = reader_of(NULL, 0);

	reader_bytes(&reader, 0);
	cr_assert(not(reader.failed));
	reader_u32(&reader);
	cr_assert(reader.failed);
}
