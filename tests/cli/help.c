/* The help, and the manual page. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "support/snapshot.h"

Test(help, lists_the_sub_commands)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	help_print(file);
	fclose(file);
	snapshot_expect("help.txt", text);
	free(text);
}

Test(help, of_each_sub_command_lists_its_options)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command_row *command = &command_table[i];
		char *text = NULL;
		size_t length;
		FILE *file;
		char name[40];

		if (!command->options)
			continue;
		file = open_memstream(&text, &length);
		help_print_command(file, command);
		fclose(file);
		snprintf(name, sizeof(name), "help-%s.txt", command->name);
		snapshot_expect(name, text);
		free(text);
	}
}

Test(help, is_a_manual_page_too)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	manual_print(file);
	fclose(file);
	snapshot_expect("manual.txt", text);
	free(text);
}
