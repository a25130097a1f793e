/*
 * explorer/world/output.c
 */
#include "world/output.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

static struct output output;

static void set_up(void)
{
	output_init(&output);
}

TestSuite(output, .init = set_up);

static void expect(const char *text)
{
	cr_assert(eq(sz, output.text.length, strlen(text)));
	cr_assert(zero(int, memcmp(output.text.data, text, strlen(text))));
}

Test(output, begins_empty_and_grows)
{
	expect("");
	output_add(&output, "one ", 4);
	output_add(&output, "two", 3);
	expect("one two");
}

Test(output, what_libc_buffered_is_moved_once)
{
	putchar_unlocked('a');
	fputc_unlocked('b', stdout);
	expect("");
	output_drain(&output);
	expect("ab");
	output_drain(&output);
	expect("ab");
	putchar_unlocked('c');
	output_drain(&output);
	expect("abc");
}

Test(output, standard_error_is_taken_too)
{
	fputc_unlocked('e', stderr);
	output_drain(&output);
	expect("e");
}

Test(output, going_back_is_setting_the_length_back)
{
	output_add(&output, "kept", 4);
	output_add(&output, " undone", 7);
	output.text.length = 4;
	output_add(&output, " again", 6);
	expect("kept again");
}

Test(output, reserved_room_is_behind_the_text)
{
	output_add(&output, "text", 4);
	output_reserve(&output, 100000);
	cr_assert(ge(sz, output.text.capacity, 100004));
	expect("text");
}
