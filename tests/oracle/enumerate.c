/* See enumerate.h. */
#include "oracle/enumerate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "vectors/program_source.h"

struct state {
	struct machine machine;
	int running; /* thread that moved last, or MACHINE_NOBODY */
	uint32_t preemptions;
};

/* A class of interleavings, and how those of it end. */
struct class_entry {
	struct walk_class class;
	uint64_t end;
	bool used;
};

struct search {
	const struct small_program *program;
	struct enumeration *result;
	bool prints;
	struct walk walk;
	struct place_pairs races; /* of the interleaving */
	struct class_entry *classes;
	size_t classes_size; /* a power of two */
};

/* --- What is learned */

struct touch {
	unsigned variable;
	unsigned thread;
	bool writes;
	struct machine_clock created;
};

static bool is_ordered(const struct touch *a, const struct touch *b)
{
	return a->thread == b->thread ||
	       b->created.at[a->thread] >= a->created.at[a->thread] ||
	       a->created.at[b->thread] >= b->created.at[b->thread];
}

static bool is_same(const struct touch *a, const struct touch *b)
{
	return a->thread == b->thread && a->variable == b->variable &&
	       a->writes == b->writes &&
	       memcmp(&a->created, &b->created, sizeof(a->created)) == 0;
}

static void touch_add(struct enumeration *result, const struct touch *touch)
{
	for (size_t i = 0; i < result->touch_count; i++) {
		const struct touch *other = &result->touches[i];

		if (is_same(other, touch))
			return;
		if (other->variable == touch->variable &&
		    (other->writes || touch->writes) &&
		    !is_ordered(other, touch))
			result->conflicts |= 1U << touch->variable;
	}
	result->touches = realloc(result->touches,
				  (result->touch_count + 1) * sizeof(*touch));
	result->touches[result->touch_count++] = *touch;
}

static void note_access(void *context, unsigned thread,
			const struct machine_clock *created, uint32_t reads,
			uint32_t writes)
{
	for (unsigned v = 0; v < SMALL_VARIABLES + SMALL_THREADS_MAX; v++) {
		const struct touch touch = {v, thread, (writes >> v & 1U) != 0,
					    *created};

		if ((reads | writes) >> v & 1U)
			touch_add(context, &touch);
	}
}

/* --- Ends */

static uint64_t text_hash(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

/* Takes the line over. */
static void add_once(struct lines *lines, char *line)
{
	if (lines_contain(lines, line))
		free(line);
	else
		lines_add(lines, line);
}

static bool is_withheld(const struct machine *machine)
{
	for (unsigned t = 0; t < MACHINE_THREADS; t++)
		if (machine_is_withheld(machine, t))
			return true;
	return false;
}

static char *outcome_text(const struct search *search,
			  const struct machine *machine)
{
	const uint32_t shown = 3U | small_program_variables(search->program);
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	if (machine->end == MACHINE_EXITED)
		fprintf(stream, "exit %d", machine->status);
	else
		fputs(machine->end == MACHINE_ABORTED ? "abort 6"
		      : is_withheld(machine)	      ? "limit"
						      : "deadlock",
		      stream);
	for (unsigned v = 0; v < SMALL_VARIABLES; v++)
		if (shown >> v & 1U)
			fprintf(stream, " %s=%d", program_source_variable(v),
				machine->variables[v]);
	if (search->prints)
		fprintf(stream, " \"%s\"", machine->output);
	fclose(stream);
	return text;
}

static void classes_grow(struct search *search)
{
	struct class_entry *old = search->classes;
	const size_t old_size = search->classes_size;

	search->classes_size = old_size == 0 ? 1024 : 2 * old_size;
	search->classes = calloc(search->classes_size, sizeof(*old));
	for (size_t i = 0; i < old_size; i++) {
		size_t place = old[i].class.at[0];

		if (!old[i].used)
			continue;
		while (search->classes[place & (search->classes_size - 1)].used)
			place++;
		search->classes[place & (search->classes_size - 1)] = old[i];
	}
	free(old);
}

static void count_class(struct search *search, uint64_t end)
{
	const struct walk_class class = walk_class(&search->walk);
	struct class_entry *entry;
	size_t place = class.at[0];

	if (2 * search->result->traces >= search->classes_size)
		classes_grow(search);
	for (;; place++) {
		entry = &search->classes[place & (search->classes_size - 1)];
		if (!entry->used)
			break;
		if (memcmp(&entry->class, &class, sizeof(class)) == 0) {
			search->result->traces_are_wrong |= entry->end != end;
			return;
		}
	}
	*entry = (struct class_entry){class, end, true};
	search->result->traces++;
}

static uint64_t races_hash(const struct place_pairs *races)
{
	uint64_t hash = 0;

	for (unsigned i = 0; i < WALK_PLACES; i++)
		hash = (hash ^ races->at[i]) * UINT64_C(1099511628211);
	return hash;
}

/* Where main has left, the process ends with its last thread, which is no
 * operation of that one. */
static bool ends_by_itself(const struct walk *walk,
			   const struct machine *machine)
{
	const struct walk_event *last = walk->events + walk->length - 1;

	return walk->length > 0 && machine->end == MACHINE_EXITED &&
	       last->thread != MACHINE_MAIN &&
	       last->operation->kind != SMALL_EXIT;
}

static struct enumerated_cost cost_of(const struct walk *walk,
				      const struct machine *machine)
{
	struct enumerated_cost cost = {
		.operations = walk->length + ends_by_itself(walk, machine)};
	unsigned last = MACHINE_MAIN;

	for (unsigned i = 0; i < walk->length; i++) {
		cost.switches += walk->events[i].thread != last;
		last = walk->events[i].thread;
	}
	return cost;
}

static void record_cost(struct enumeration *result, const char *outcome,
			struct enumerated_cost cost)
{
	const size_t before = result->outcomes.count;
	struct enumerated_cost *known;
	size_t i;

	for (i = 0; i < before; i++)
		if (strcmp(result->outcomes.at[i], outcome) == 0)
			break;
	if (i == before) {
		result->costs = realloc(result->costs,
					(before + 1) * sizeof(*result->costs));
		result->costs[i] = cost;
	}
	known = &result->costs[i];
	if (cost.switches < known->switches ||
	    (cost.switches == known->switches &&
	     cost.operations < known->operations))
		*known = cost;
}

static void record(struct search *search, const struct machine *machine)
{
	char *text = outcome_text(search, machine);

	search->result->interleavings++;
	for (unsigned i = 0; i < WALK_PLACES; i++)
		search->result->unordered_races.at[i] |= search->races.at[i];
	count_class(search, text_hash(text) ^ races_hash(&search->races));
	record_cost(search->result, text, cost_of(&search->walk, machine));
	add_once(&search->result->outcomes, text);
}

/* --- Findings */

static int by_text(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* "deadlock" and where the threads of a set wait, sorted. */
static void add_deadlock(const struct search *search,
			 const struct machine *machine, uint32_t threads)
{
	struct lines places = {0};
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	for (unsigned t = 0; t < MACHINE_THREADS; t++)
		if (threads >> t & 1U)
			lines_add(&places, program_source_place(
						   t, machine->threads[t].pc));
	qsort(places.at, places.count, sizeof(*places.at), by_text);
	fputs("deadlock", stream);
	for (size_t i = 0; i < places.count; i++)
		fprintf(stream, " %s", places.at[i]);
	fclose(stream);
	lines_fini(&places);
	add_once(&search->result->failures, text);
}

/* The threads on a way from `from` to `target` by who holds what they wait for,
 * without `target`; *ret_set stays if there is none. */
static bool leads_to(const struct machine *machine, unsigned from,
		     unsigned target, uint32_t seen, uint32_t *ret_set)
{
	const uint32_t holders = machine_holders(machine, from);

	if (from == target)
		return true;
	if (seen >> from & 1U || !machine_is_waiting(machine, from))
		return false;
	for (unsigned h = 0; h < MACHINE_THREADS; h++)
		if (holders >> h & 1U &&
		    leads_to(machine, h, target, seen | 1U << from, ret_set)) {
			*ret_set |= 1U << from;
			return true;
		}
	return false;
}

/* The threads of the circle that leads from t by holder h back to t, or t alone
 * if h has ended; 0 if neither is so. */
static uint32_t circle_of(const struct machine *machine, unsigned t, unsigned h)
{
	uint32_t set = 1U << t;

	if (machine->threads[h].life == MACHINE_ENDED)
		return set;
	return leads_to(machine, h, t, 0, &set) ? set : 0;
}

static void find_deadlocks(const struct search *search,
			   const struct machine *machine, bool stuck)
{
	uint32_t waiting = 0;
	bool circle = false;

	for (unsigned t = 0; t < MACHINE_THREADS; t++) {
		if (!machine_is_waiting(machine, t))
			continue;
		waiting |= 1U << t;
		for (unsigned h = 0; h < MACHINE_THREADS; h++) {
			const uint32_t set =
				machine_holders(machine, t) >> h & 1U
					? circle_of(machine, t, h)
					: 0;

			if (set != 0)
				add_deadlock(search, machine, set);
			circle |= set != 0;
		}
	}
	if (stuck && !circle)
		add_deadlock(search, machine, waiting);
}

/* Locks that threads still held when they ended. */
static void find_kept(const struct search *search,
		      const struct machine *machine)
{
	for (unsigned place = 0; place < WALK_PLACES; place++) {
		char *line;

		if (machine->kept >> place & 1U &&
		    asprintf(&line, "misuse %u", program_source_line(place)) >=
			    0)
			add_once(&search->result->failures, line);
	}
}

/* Races of what is pending at a time. */
static void find_races(const struct search *search,
		       const struct machine *machine)
{
	for (unsigned a = 0; a < SMALL_THREADS_MAX; a++)
		for (unsigned b = 0; b < a; b++) {
			const struct small_operation *first =
				machine_pending(machine, a);
			const struct small_operation *second =
				machine_pending(machine, b);

			if (first != NULL && second != NULL &&
			    walk_is_race(first, second))
				place_pairs_add(
					&search->result->pending_races,
					walk_place(a, machine->threads[a].pc),
					walk_place(b, machine->threads[b].pc));
		}
}

static void find_abort(const struct search *search,
		       const struct walk_event *event)
{
	char *line;

	if (event->operation->kind == SMALL_ABORT &&
	    asprintf(&line, "abort %u", program_source_line(event->place)) >= 0)
		add_once(&search->result->failures, line);
}

char *enumeration_findings(const struct enumeration *enumeration,
			   const struct place_pairs *races)
{
	struct lines lines = {0};

	for (size_t i = 0; i < enumeration->failures.count; i++)
		lines_add(&lines, strdup(enumeration->failures.at[i]));
	for (unsigned a = 0; a < WALK_PLACES; a++)
		for (unsigned b = a; b < WALK_PLACES; b++) {
			char *line;

			if (!(races->at[a] >> b & 1U))
				continue;
			if (asprintf(&line, "data-race %u %u",
				     program_source_line(a),
				     program_source_line(b)) < 0)
				abort();
			lines_add(&lines, line);
		}
	return lines_join(&lines);
}

/* --- The search */

static void step(struct search *search, struct state *state, unsigned t,
		 unsigned result)
{
	struct machine *machine = &state->machine;
	const bool chooses = machine_chooses(machine, t);
	bool effect;

	walk_add(&search->walk, machine, t, result);
	effect = machine_perform(machine, t, result);
	walk_settle(&search->walk, machine, effect, &search->races);
	find_abort(search, &search->walk.events[search->walk.length - 1]);
	machine_run_on(machine, t);
	if (!chooses)
		state->running = (int)t;
}

static bool is_preemption(const struct state *state, unsigned t)
{
	return state->running != MACHINE_NOBODY && state->running != (int)t &&
	       !machine_chooses(&state->machine, t) &&
	       machine_may(&state->machine, (unsigned)state->running, 0);
}

static bool visit(struct search *search, const struct state *state);

/* Goes on with that result of thread t. False where the limit of interleavings
 * is reached. */
static bool visit_next(struct search *search, const struct state *state,
		       unsigned t, unsigned result)
{
	struct state next = *state;
	const struct place_pairs races = search->races;
	bool goes_on;

	next.preemptions += is_preemption(state, t);
	if (next.preemptions > search->result->preemptions)
		return true;
	step(search, &next, t, result);
	goes_on = visit(search, &next);
	search->walk.length--;
	search->races = races;
	return goes_on;
}

static bool visit_each(struct search *search, const struct state *state,
		       unsigned t)
{
	for (unsigned result = 0; result < MACHINE_RESULTS; result++)
		if (machine_may(&state->machine, t, result) &&
		    !visit_next(search, state, t, result))
			return false;
	return true;
}

/* Whether the thread has to wait only for another one to choose, which comes
 * before all else. */
static bool others_choose(const struct machine *machine, unsigned t)
{
	for (unsigned i = 0; i < MACHINE_THREADS; i++)
		if (machine_chooses(machine, i))
			return i != t;
	return false;
}

static void note_values(struct enumeration *result,
			const struct machine *machine)
{
	uint32_t x = (uint32_t)machine->variables[0];
	uint32_t y = (uint32_t)machine->variables[1];

	if (x < ENUMERATE_SEEN && y < ENUMERATE_SEEN)
		result->seen[x][y] = true;
}

static bool visit(struct search *search, const struct state *state)
{
	const struct machine *machine = &state->machine;
	struct enumeration *result = search->result;
	bool stuck = true;

	if (result->limit != 0 && result->interleavings >= result->limit) {
		result->limit_reached = true;
		return false;
	}
	find_kept(search, machine);
	note_values(result, machine);
	if (machine->end != MACHINE_GOES_ON) {
		record(search, machine);
		return true;
	}
	find_races(search, machine);
	for (unsigned t = 0; t < MACHINE_THREADS; t++) {
		if (!machine_is_enabled(machine, t))
			continue;
		stuck = false;
		if (!others_choose(machine, t) && !visit_each(search, state, t))
			return false;
	}
	find_deadlocks(search, machine, stuck && !is_withheld(machine));
	if (stuck)
		record(search, machine);
	return true;
}

static void clear(struct enumeration *enumeration)
{
	lines_fini(&enumeration->outcomes);
	lines_fini(&enumeration->failures);
	free(enumeration->touches);
	free(enumeration->costs);
	*enumeration = (struct enumeration){
		.visible = enumeration->visible,
		.preemptions = enumeration->preemptions,
		.limit = enumeration->limit,
		.plain = enumeration->plain,
		.timeouts = enumeration->timeouts,
		.spurious = enumeration->spurious,
	};
}

void enumerate(const struct small_program *program,
	       struct enumeration *enumeration)
{
	const uint64_t kinds = small_program_kinds(program);
	const struct machine_listener listener = {enumeration, note_access};
	struct small_thread main_thread;
	struct search search = {
		.program = program,
		.result = enumeration,
		.walk = {.plain = enumeration->plain},
		.prints = (kinds & SMALL_KINDS_PRINTING) != 0,
	};
	struct state state = {
		.machine = {.program = program,
			    .main = &main_thread,
			    .listener = &listener,
			    .visible = enumeration->visible,
			    .timeouts_max = enumeration->timeouts,
			    .spurious_max = enumeration->spurious,
			    .watched = 3U | small_program_variables(program)},
		/* Main has passed a yield. */
		.running = MACHINE_NOBODY};

	clear(enumeration);
	small_program_main(program, &main_thread);
	machine_begin(&state.machine);
	visit(&search, &state);
	free(search.classes);
}

void enumeration_fini(struct enumeration *enumeration)
{
	clear(enumeration);
}

void enumerate_learning(const struct small_program *program,
			struct enumeration *enumeration)
{
	uint32_t learned = 0;

	do {
		enumeration->visible = learned;
		enumerate(program, enumeration);
		learned |= enumeration->conflicts;
	} while (learned != enumeration->visible &&
		 !enumeration->limit_reached);
}
