/*
 * Two searches that take turns (see turns.h).
 */
#include "pool/turns.h"

#include "pool/counted.h"
#include "pool/filter.h"

/* Long beside what it costs to start a process and to change over, short for
 * somebody who waits. */
#define TURN_STEPS ((uint64_t)1 << 18)

/* Where one had to cut executions off, the other may find that they go round
 * in a cycle; or meet ever new states. So many times the steps of the first
 * are enough to see. */
#define PATIENCE 8

/* What the other search may know better. */
#define CURABLE                                                                \
	(REASON_LIMIT | REASON_INTERRUPTED | REASON_MEMORY | REASON_LOSSY |    \
	 REASON_RACES_NOT_DECIDED)

/* What one has seen of the program is so for both. Not that it hung: who has
 * come to the end of it knows better, and long executions take their time. */
#define COMMON (REASON_UNCONTROLLED_CALL | REASON_UNSUPPORTED_CALL)

static unsigned own_reasons(const struct hunt *hunt)
{
	unsigned reasons = hunt->reasons | hunt->done.incomplete_because;

	/* Who does not want to hear of races need not have them decided. */
	if (filter_hides_races(hunt->search->filter))
		reasons &= ~(unsigned)REASON_RACES_NOT_DECIDED;
	return reasons;
}

static bool is_complete(const struct hunt *hunt)
{
	return hunt->is_done && hunt->stop == STOP_NOT &&
	       !(own_reasons(hunt) & CURABLE);
}

static bool has_begun(const struct pass *pass)
{
	return pass->hunt.search != NULL;
}

static struct hunt *hunt_of(struct turns *turns, unsigned which)
{
	return &turns->passes[which].hunt;
}

/* Whether there is nothing left to be done. */
static bool is_settled(struct turns *turns)
{
	bool all_over = true;

	for (unsigned i = 0; i < 2; i++) {
		const struct hunt *hunt = hunt_of(turns, i);

		if (hunt->stop != STOP_NOT || is_complete(hunt))
			return true;
		all_over &= hunt->is_over;
	}
	return all_over;
}

/* The next turn of one that waits. */
static void take_turn(struct hunt *hunt, uint64_t end)
{
	const struct hunt *partner = hunt->partner;
	struct visible_set set;
	bool grew;

	if (!hunt->is_waiting)
		return;
	grew = partner->found.visible_version > hunt->found.visible_version;
	set = hunt_visible(partner);
	hunt_go_on(hunt, end, grew ? &set : NULL);
	visible_set_fini(&set);
}

/* When to give up once the partner has come to its end and was not able to say
 * everything; 0: never. */
static uint64_t last_turn(const struct hunt *hunt)
{
	const struct hunt *partner = hunt->partner;
	uint64_t steps =
		partner->is_done ? partner->done.steps : partner->seen.steps;

	if (!(own_reasons(partner) & REASON_LIMIT))
		return 0;
	return steps * PATIENCE > TURN_STEPS ? steps * PATIENCE : TURN_STEPS;
}

static void go_on(struct hunt *hunt, uint64_t end)
{
	if (!hunt->partner->is_over) {
		take_turn(hunt, end);
		return;
	}
	take_turn(hunt, last_turn(hunt));
	if (hunt->is_waiting)
		hunt_end(hunt, STOP_LATE);
}

static int begin_second(struct turns *turns)
{
	struct hunt *first = hunt_of(turns, 0);
	struct hunt *second = hunt_of(turns, 1);

	if (pass_begin(turns->program, turns->search, turns->search->rival,
		       first->bound, first->started, &turns->passes[1]) != 0)
		return -1;
	first->partner = second;
	second->partner = first;
	/* What random runs teach the first has learned. */
	second->learn_first = UINT64_MAX;
	second->turn_end = first->is_over ? last_turn(second) : TURN_STEPS;
	hunt_run(second);
	return 0;
}

static int take_turns(struct turns *turns)
{
	struct hunt *first = hunt_of(turns, 0);
	struct hunt *second = hunt_of(turns, 1);

	first->turn_end = TURN_STEPS;
	hunt_run(first);
	if (first->stop != STOP_NOT || is_complete(first))
		return 0;
	if (begin_second(turns) != 0)
		return -1;
	for (uint64_t end = 2 * TURN_STEPS; !is_settled(turns);
	     end += TURN_STEPS) {
		go_on(first, end);
		if (!is_settled(turns))
			go_on(second, end);
	}
	return 0;
}

/* Those that wait say what they have, if it is asked for. */
static void stop_both(struct turns *turns)
{
	enum stop_cause cause = STOP_NOT;

	for (unsigned i = 0; i < 2; i++)
		if (hunt_of(turns, i)->stop != STOP_NOT &&
		    hunt_of(turns, i)->stop != STOP_LATE)
			cause = hunt_of(turns, i)->stop;
	for (unsigned i = 0; i < 2; i++)
		if (cause != STOP_NOT && hunt_of(turns, i)->is_waiting)
			hunt_end(hunt_of(turns, i), cause);
}

/* How much is to be had from it. */
static unsigned worth(const struct pass *pass)
{
	const struct hunt *hunt = &pass->hunt;
	unsigned reasons = own_reasons(hunt) & CURABLE;

	if (!hunt->is_done)
		return 0;
	if (hunt->stop == STOP_FIRST)
		return 5;
	if (is_complete(hunt))
		return 4;
	if (reasons == REASON_RACES_NOT_DECIDED)
		return 3;
	return hunt->stop == STOP_NOT ? 2 : 1;
}

static int run(struct turns *turns)
{
	if (turns->search->rival)
		return take_turns(turns);
	hunt_run(hunt_of(turns, 0));
	return 0;
}

static void choose_answer(struct turns *turns)
{
	struct pass *passes = turns->passes;

	if (worth(&passes[1]) > worth(&passes[0]))
		turns->answer = &passes[1];
	turns->answer->reasons |= turns_other(turns)->reasons & COMMON;
}

/* A search that is complete, in a process that lives. */
static bool is_worth_counting(const struct turns *turns)
{
	const struct hunt *hunt = &turns->answer->hunt;

	return turns->search->rival && is_complete(hunt) && hunt->deaths == 0 &&
	       !turns->search->bound.of;
}

int turns_run(const struct program *program, const struct search *search,
	      uint32_t bound, double started, struct turns *ret_turns)
{
	struct pass *passes = ret_turns->passes;

	*ret_turns = (struct turns){
		.program = program, .search = search, .answer = passes};
	if (pass_begin(program, search, search->strategy, bound, started,
		       passes) != 0)
		return -1;
	if (run(ret_turns) != 0) {
		turns_fini(ret_turns);
		return -1;
	}
	stop_both(ret_turns);
	pass_end(passes);
	if (has_begun(&passes[1])) {
		pass_end(&passes[1]);
		choose_answer(ret_turns);
	}
	if (is_worth_counting(ret_turns))
		counted_add(ret_turns->answer);
	return 0;
}

struct pass *turns_other(struct turns *turns)
{
	struct pass *passes = turns->passes;

	if (!has_begun(&passes[1]))
		return NULL;
	return turns->answer == passes ? &passes[1] : passes;
}

void turns_fini(struct turns *turns)
{
	pass_fini(&turns->passes[1]);
	pass_fini(&turns->passes[0]);
}
