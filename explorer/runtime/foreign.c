/*
 * Libraries that were not built with explorer cc. See foreign.h.
 *
 * Only pages that were written come into question, and these are known. They
 * are compared with what they were: not every write changes something.
 */
#include "runtime/foreign.h"

#include <string.h>

#include "runtime/dead_stack.h"

static bool has_changed(const struct hot_page *hot)
{
	return memcmp(hot->page, hot->copy, PAGE_BYTES) != 0;
}

static void note(struct runtime *runtime, struct module *module)
{
	runtime_note_uncontrolled(runtime, module->path, module->start, false);
	/* What is known need not be looked for. */
	module->foreign = false;
}

/* Returns whether pages of such libraries were written that are not known to
 * have changed. */
static bool look_at_level(struct runtime *runtime,
			  const struct page_level *level)
{
	bool any = false;

	for (size_t i = 0; i < level->count; i++) {
		const struct hot_page *hot = &level->hot[i];
		struct module *module = modules_foreign_at(
			&runtime->world.modules, (uintptr_t)hot->page);

		if (!module)
			continue;
		any = true;
		if (has_changed(hot))
			note(runtime, module);
	}
	return any;
}

static size_t written(const struct pages *pages)
{
	size_t count = 0;

	for (unsigned i = 0; i < pages->level_count; i++)
		count += pages->levels[i].count;
	return count;
}

static __attribute__((noinline)) void look(struct runtime *runtime)
{
	const struct pages *pages = &runtime->world.pages;
	size_t count = written(pages);

	if (count == runtime->pages_written && !runtime->foreign_written)
		return;
	runtime->pages_written = count;
	runtime->foreign_written = false;
	for (unsigned i = 0; i < pages->level_count; i++)
		runtime->foreign_written |=
			look_at_level(runtime, &pages->levels[i]);
}

/* Further down: how far that goes depends on what other executions wrote. */
void foreign_look(struct runtime *runtime)
{
	DEAD_STACK_SKIP;
	look(runtime);
	DEAD_REGISTERS_CLEAR;
}
