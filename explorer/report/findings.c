/*
 * Each finding, with its places in the source and its trace.
 */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "report/summary.h"
#include "report/words.h"

/* More of one kind than this are summarised. */
#define FINDINGS_MAX 12

/* --- The lines below a finding: a table of two columns */

struct line {
	struct buffer what;
	struct buffer place;
};

static void print_lines(const struct terminal *terminal, struct line *lines,
			size_t count)
{
	size_t widest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t columns = terminal_columns((char *)lines[i].what.data);

		widest = columns > widest ? columns : widest;
	}
	for (size_t i = 0; i < count; i++) {
		fputs("  ", terminal->file);
		terminal_pad(terminal, PAINT_NONE, (char *)lines[i].what.data,
			     widest);
		terminal_paint(terminal, PAINT_CYAN, "  %s\n",
			       (char *)lines[i].place.data);
		buffer_fini(&lines[i].what);
		buffer_fini(&lines[i].place);
	}
}

/* Lines of a finding, as many as it takes. */
struct lines {
	struct line *at;
	size_t count;
	size_t capacity;
};

static struct line *add_line(struct lines *lines)
{
	memory_reserve((void **)&lines->at, &lines->capacity, lines->count + 1,
		       sizeof(*lines->at));
	lines->at[lines->count] = (struct line){0};
	return &lines->at[lines->count++];
}

static void add_locks(struct lines *lines, const struct access *access)
{
	struct line *line;

	if (access->lock_count == 0)
		return;
	line = add_line(lines);
	text_add(&line->what, "  holding");
	for (size_t i = 0; i < access->lock_count; i++)
		text_add(&line->place, "%s%s", i > 0 ? ", " : "",
			 access->locks[i]);
}

static void add_callers(struct lines *lines, const struct callers *callers)
{
	for (size_t i = 0; i < callers->count; i++) {
		struct line *line = add_line(lines);

		text_add(&line->what, "  called by");
		words_place(&line->place, &callers->at[i]);
	}
}

static void add_access(struct lines *lines, const struct access *access,
		       bool with_bytes)
{
	struct line *line = add_line(lines);

	text_add(&line->what, "%s %s", access->thread, access->operation);
	if (with_bytes)
		text_add(&line->what, " of %s",
			 words_counted(access->bytes, "byte", "bytes").text);
	words_place(&line->place, &access->place);
	add_callers(lines, &access->callers);
	add_locks(lines, access);
	if (!access->created_by)
		return;
	line = add_line(lines);
	text_add(&line->what, "  created by %s", access->created_by);
	words_place(&line->place, &access->created);
}

/* Who asked for the block, and who freed it. */
static void add_block(struct lines *lines, const struct heap_block_name *block)
{
	struct line *line;

	if (!block->known)
		return;
	line = add_line(lines);
	text_add(&line->what, "%s allocation",
		 block->allocated_by ? block->allocated_by : "early");
	words_place(&line->place, &block->allocated);
	add_callers(lines, &block->allocated_callers);
	if (!block->freed_by)
		return;
	line = add_line(lines);
	text_add(&line->what, "%s free", block->freed_by);
	words_place(&line->place, &block->freed);
	add_callers(lines, &block->freed_callers);
}

/* Who returned from the function whose local it was, and where it is now. */
static void add_frame(struct lines *lines, const struct heap_block_name *frame)
{
	struct line *line = add_line(lines);

	text_add(&line->what, "%s return", frame->freed_by);
	words_place(&line->place, &frame->freed);
	if (frame->returning) {
		add_callers(lines, &frame->allocated_callers);
		return;
	}
	line = add_line(lines);
	text_add(&line->what, frame->allocated_by ? "%s now" : "%s has ended",
		 frame->freed_by);
	if (!frame->allocated_by) {
		buffer_put(&line->place, "", 1);
		return;
	}
	words_place(&line->place, &frame->allocated);
	add_callers(lines, &frame->allocated_callers);
}

static void print_accesses(const struct terminal *terminal,
			   const struct finding *finding)
{
	struct lines lines = {0};

	for (size_t i = 0; i < finding->access_count; i++)
		add_access(&lines, &finding->accesses[i],
			   finding->kind == FINDING_OUT_OF_BOUNDS);
	if (finding->kind == FINDING_USE_AFTER_RETURN)
		add_frame(&lines, &finding->block);
	else
		add_block(&lines, &finding->block);
	print_lines(terminal, lines.at, lines.count);
	memory_free(lines.at, lines.capacity * sizeof(*lines.at));
}

/* --- Deadlocks */

static bool is_thread(const char *name, const struct blocked_thread *thread)
{
	return name && strcmp(name, thread->thread) == 0;
}

/* What a thread holds is what others wait for that it holds. */
static void add_held(struct buffer *text, const struct finding *finding,
		     const struct blocked_thread *holder)
{
	bool first = true;

	for (size_t i = 0; i < finding->thread_count; i++) {
		const struct blocked_thread *waiter = &finding->threads[i];

		if (!is_thread(waiter->held_by, holder) ||
		    !blocked_names_holder(waiter))
			continue;
		text_add(text, "%s%s", first ? " holds " : " and ",
			 waiter->waits_for);
		first = false;
	}
	text_add(text, "%s", first ? "" : ",");
}

static void add_blocked(struct lines *lines, const struct finding *finding,
			const struct blocked_thread *thread)
{
	struct line *line = add_line(lines);

	text_add(&line->what, "%s", thread->thread);
	add_held(&line->what, finding, thread);
	text_add(&line->what, " waits for %s", thread->waits_for);
	if (is_thread(thread->held_by, thread))
		text_add(&line->what, ", which it holds itself");
	else if (blocked_names_holder(thread))
		text_add(&line->what, ", held by %s%s", thread->held_by,
			 thread->holder_has_ended ? ", which has ended" : "");
	words_place(&line->place, &thread->place);
	add_callers(lines, &thread->callers);
}

static void print_blocked(const struct terminal *terminal,
			  const struct finding *finding)
{
	struct lines lines = {0};

	for (size_t i = 0; i < finding->thread_count; i++)
		add_blocked(&lines, finding, &finding->threads[i]);
	print_lines(terminal, lines.at, lines.count);
	memory_free(lines.at, lines.capacity * sizeof(*lines.at));
}

/* --- The line of a finding itself */

/* What is freed is a whole block: rather what somebody else does in it. */
static const char *what_it_is_on(const struct finding *finding)
{
	bool frees =
		strcmp(finding->accesses[0].operation, op_name(OP_FREE)) == 0;
	const struct access *access =
		&finding->accesses[frees ? finding->access_count - 1 : 0];

	return access->variable ? access->variable : "memory without a name";
}

static void add_title(struct buffer *text, const struct finding *finding)
{
	const char *kind = words_finding(finding->kind, false);

	if (finding->access_count > 0)
		text_add(text, "%s on %s", kind, what_it_is_on(finding));
	else if (finding->thread_count > 0 || !finding->message)
		text_add(text, "%s", kind);
	else
		text_add(text, "%s: %s", kind, finding->message);
}

static void print_title(const struct terminal *terminal,
			const struct result *result,
			const struct finding *finding)
{
	bool native = result->command == COMMAND_NATIVE;
	struct buffer title = {0};
	struct buffer safe = {0};

	add_title(&title, finding);
	words_escaped(&safe, title.data, title.length, 400);
	terminal_paint(terminal, PAINT_RED, "%s", (char *)safe.data);
	/* None of those that were counted, but another search saw it. */
	if (!result->has_states && finding->count > 0)
		fprintf(terminal->file, ", in %s",
			words_counted(finding->count,
				      native ? "run" : "execution",
				      native ? "runs" : "executions")
				.text);
	if (finding->trace)
		terminal_paint(terminal, PAINT_DIM, "  %s", finding->trace);
	fputc('\n', terminal->file);
	buffer_fini(&title);
	buffer_fini(&safe);
}

/* Unless the sentence has said so already. */
static void add_place(struct lines *lines, const struct finding *finding)
{
	struct buffer place = {0};

	if (!finding->place.file && !finding->place.function)
		return;
	words_place(&place, &finding->place);
	if (!finding->message ||
	    !strstr(finding->message, (char *)place.data)) {
		struct line *line = add_line(lines);

		text_add(&line->what, "at");
		words_place(&line->place, &finding->place);
	}
	buffer_fini(&place);
}

static void print_place(const struct terminal *terminal,
			const struct finding *finding)
{
	struct lines lines = {0};

	add_place(&lines, finding);
	add_callers(&lines, &finding->callers);
	print_lines(terminal, lines.at, lines.count);
	memory_free(lines.at, lines.capacity * sizeof(*lines.at));
}

static void print_finding(const struct terminal *terminal,
			  const struct result *result,
			  const struct finding *finding)
{
	print_title(terminal, result, finding);
	if (finding->access_count > 0 || finding->block.known)
		print_accesses(terminal, finding);
	else if (finding->thread_count > 0)
		print_blocked(terminal, finding);
	else
		print_place(terminal, finding);
	fputc('\n', terminal->file);
}

void findings_print(const struct terminal *terminal,
		    const struct result *result)
{
	size_t seen[FINDING_COUNT] = {0};

	for (size_t i = 0; i < result->finding_count; i++) {
		const struct finding *finding = &result->findings[i];

		if (++seen[finding->kind] <= FINDINGS_MAX)
			print_finding(terminal, result, finding);
	}
	for (int kind = 0; kind < FINDING_COUNT; kind++)
		if (seen[kind] > FINDINGS_MAX)
			terminal_paint(
				terminal, PAINT_DIM,
				"... %zu more %s; --format json lists them "
				"all\n\n",
				seen[kind] - FINDINGS_MAX,
				words_finding((enum finding_kind)kind, true));
}

void findings_count(struct buffer *text, const struct result *result)
{
	size_t seen[FINDING_COUNT] = {0};
	bool first = true;

	for (size_t i = 0; i < result->finding_count; i++)
		seen[result->findings[i].kind]++;
	for (int kind = 0; kind < FINDING_COUNT; kind++) {
		if (seen[kind] == 0)
			continue;
		text_add(text, "%s%s", first ? "" : ", ",
			 words_counted(
				 seen[kind],
				 words_finding((enum finding_kind)kind, false),
				 words_finding((enum finding_kind)kind, true))
				 .text);
		first = false;
	}
}
