/*
 * What to type next, as it has to be typed where the command is not installed.
 */
#include "report/advice.h"

#include "report/words.h"

void advice_print(const struct terminal *terminal, const char *purpose,
		  const char *subcommand, const char *trace)
{
	struct buffer command = {0};
	struct buffer path = {0};

	words_quoted(&command,
		     terminal->command ? terminal->command : "explorer");
	words_quoted(&path, trace);
	fputs(purpose, terminal->file);
	terminal_paint(terminal, PAINT_BOLD, "%s %s %s\n", (char *)command.data,
		       subcommand, (char *)path.data);
	buffer_fini(&path);
	buffer_fini(&command);
}
