/*
 * One run of the compiler, with a second try where C99's inline needs it.
 *
 * A C99 `inline` function without an extern declaration has no body of its
 * own: calls of it link only where all of them are optimised away, and we do
 * not optimise. -fgnu89-inline gives it one. It changes what other programs
 * mean, though, so it is tried only after a link has failed for a name that
 * nothing defines, and kept only if the link then succeeds.
 */
#include "cli/cc_compile.h"

#include <string.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "cli/cc_run.h"

static bool says(const struct buffer *messages, const char *words)
{
	return messages->length > 0 &&
	       memmem(messages->data, messages->length, words, strlen(words));
}

static bool lacks_definition(const struct buffer *messages)
{
	/* GNU ld and gold; lld. */
	return says(messages, "undefined reference to") ||
	       says(messages, "undefined symbol:");
}

/* Runs the command with one more word. */
static int run_with(const struct argument_list *command, const char *word,
		    struct buffer *ret_messages)
{
	struct argument_list longer = {0};
	int status;

	argument_list_add_all(&longer, command);
	argument_list_add(&longer, word);
	status = cc_run(&longer, NULL, ret_messages);
	argument_list_fini(&longer);
	return status;
}

/* Returns true if the second try was a success; *messages are its own then. */
static bool is_mended_by_inline(const struct argument_list *command,
				const struct cc_arguments *arguments,
				struct buffer *messages)
{
	struct buffer second = {0};
	bool mended;

	if (!arguments->has_sources) {
		remark("explorer cc: an inline function of C99 has no body "
		       "where nothing "
		       "is optimised: if that is what is undefined, compile "
		       "it with -fgnu89-inline");
		return false;
	}
	if (arguments->reads_input)
		return false;
	mended = run_with(command, "-fgnu89-inline", &second) == 0;
	if (mended) {
		buffer_clear(messages);
		buffer_put(messages, second.data, second.length);
		remark("explorer cc: compiled with -fgnu89-inline, since "
		       "inline functions "
		       "were without a body");
	}
	buffer_fini(&second);
	return mended;
}

int cc_compile(const struct cc_compiler *compiler, const struct cc_parts *parts,
	       const struct cc_arguments *arguments,
	       struct buffer *ret_messages)
{
	struct argument_list command = {0};
	struct buffer messages = {0};
	int status;

	if (arguments->links && arguments->is_static) {
		complain("-static cannot be had: the program has to load "
			 "libexplorer.so; link it without");
		return -1;
	}
	cc_command(compiler, parts, arguments, &command);
	if (!arguments->has_colour && isatty(STDERR_FILENO))
		argument_list_add(&command, "-fdiagnostics-color=always");
	status = cc_run(&command, NULL, &messages);
	if (status > 0 && arguments->links && lacks_definition(&messages) &&
	    is_mended_by_inline(&command, arguments, &messages))
		status = 0;
	if (messages.length > 0)
		buffer_put(ret_messages, messages.data, messages.length);
	buffer_fini(&messages);
	argument_list_fini(&command);
	return status;
}
