#include "symbols/variable.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "symbols/variable_dwarf.h"
#include "symbols/variable_elf.h"

void variables_add(struct variables *variables, struct variable variable)
{
	void *items = variables->items;

	memory_reserve(&items, &variables->capacity, variables->count + 1,
		       sizeof(variable));
	variables->items = items;
	variables->items[variables->count++] = variable;
}

void variables_fini(struct variables *variables)
{
	for (size_t i = 0; i < variables->count; i++)
		free(variables->items[i].spelling);
	memory_free(variables->items,
		    variables->capacity * sizeof(*variables->items));
	memory_free(variables->ends,
		    variables->count * sizeof(*variables->ends));
	cache_fini(&variables->strings, NULL);
	*variables = (struct variables){0};
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* libc has names such as environ, _environ, __environ for one thing. */
static int compare_names(const struct variable *a, const struct variable *b)
{
	int order = compare_numbers(strspn(a->name, "_"), strspn(b->name, "_"));

	return order ? order : strcmp(a->name, b->name);
}

static int compare(const void *left, const void *right)
{
	const struct variable *a = left;
	const struct variable *b = right;

	if (a->is_thread_local != b->is_thread_local)
		return a->is_thread_local ? 1 : -1;
	if (a->address != b->address)
		return compare_numbers(a->address, b->address);
	if (a->scope != b->scope)
		return a->scope < b->scope ? -1 : 1;
	return compare_names(a, b);
}

static bool is_repetition(const struct variable *a, const struct variable *b)
{
	return a->is_thread_local == b->is_thread_local &&
	       a->address == b->address && strcmp(a->name, b->name) == 0;
}

static void drop_repetitions(struct variables *variables)
{
	size_t kept = 0;

	for (size_t i = 0; i < variables->count; i++) {
		struct variable *items = variables->items;

		if (kept == 0 || !is_repetition(&items[kept - 1], &items[i]))
			items[kept++] = items[i];
	}
	variables->count = kept;
}

static void find_ends(struct variables *variables)
{
	variables->ends =
		memory_new(variables->count * sizeof(*variables->ends));
	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *item = &variables->items[i];
		uint64_t end = item->address + item->bytes;

		if (i > 0 &&
		    item[-1].is_thread_local == item->is_thread_local &&
		    variables->ends[i - 1] > end)
			end = variables->ends[i - 1];
		variables->ends[i] = end;
	}
}

static void sort(struct variables *variables)
{
	if (variables->count > 0)
		qsort(variables->items, variables->count,
		      sizeof(*variables->items), compare);
	drop_repetitions(variables);
	find_ends(variables);
}

void variables_collect(struct variables *variables, Dwarf *dwarf, Elf *elf)
{
	struct cache declared = {0};

	if (dwarf)
		variables_add_dwarf(variables, dwarf, &declared);
	variables_add_elf(variables, elf, &declared);
	declared_fini(&declared);
	sort(variables);
}

/* How many of the items begin at the address or before it. */
static size_t begun(const struct variables *variables, bool is_thread_local,
		    uint64_t address)
{
	size_t low = 0;
	size_t high = variables->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct variable *item = &variables->items[middle];
		bool before = item->is_thread_local == is_thread_local
				      ? item->address <= address
				      : is_thread_local;

		if (before)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct variable *variables_at(const struct variables *variables,
			      bool is_thread_local, uint64_t address)
{
	struct variable *found = NULL;

	for (size_t i = begun(variables, is_thread_local, address); i-- > 0;) {
		struct variable *item = &variables->items[i];

		if (item->is_thread_local != is_thread_local ||
		    variables->ends[i] <= address ||
		    (found && found->address != item->address))
			break;
		if (address - item->address < item->bytes)
			found = item;
	}
	return found;
}
