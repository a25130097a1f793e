/* The table of sub-commands. */
#include "cli/command.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>

Test(command, is_found_by_its_name_and_its_bit)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command_row *row = &command_table[i];

		cr_expect(command_by_name(row->name) == row);
		if (row->options)
			cr_expect(
				command_by_bit((enum subcommand)row->options) ==
				row);
	}
	cr_expect(command_by_name("") == NULL);
	cr_expect(command_by_name("chec") == NULL);
}

Test(command, that_does_not_exist_is_met_with_the_nearest)
{
	cr_redirect_stderr();
	command_complain("chekc");
	fflush(stderr);
	cr_expect_stderr_eq_str("explorer: unknown sub-command 'chekc'; did "
				"you mean 'check'?\n");
}

Test(command, that_resembles_none_is_met_with_the_help)
{
	cr_redirect_stderr();
	command_complain("xyzzy");
	fflush(stderr);
	cr_expect_stderr_eq_str("explorer: unknown sub-command 'xyzzy'; "
				"explorer --help lists what there is\n");
}
