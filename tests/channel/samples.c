/*
 * One message of each kind with something in every field.
 */
#include "samples.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "channel/tree_message.h"

#include <string.h>

static struct choice choices[] = {{0, 0}, {0, 0}, {1, 0}, {2, 3}, {2, 3}};
static const struct schedule schedule = {choices, 5, 5};
static struct location memory_place = {LOCATION_HEAP, 1, 3, 8};
static const struct code_place code = {1, 0x1234};

static struct visible_range ranges[] = {
	{{LOCATION_MODULE, 0, 0, 0x4010}, 4, 0},
	{{LOCATION_HEAP, 2, 7, 16}, 8, 0x100400000010},
};
static const struct visible_set visible = {3, true, 2, ranges};

static struct watch_place watches[] = {
	{{LOCATION_MODULE, 0, 0, 0x4010}, 4, false},
	{{LOCATION_MODULE, 1, 0, 0x4020}, 8, true},
};

static void put_hello(struct buffer *buffer)
{
	struct module_info modules[] = {{"/tmp/a program", 0x555555554000},
					{"/lib/libx.so", 0x7ffff0000000}};
	struct hello hello = {CHANNEL_VERSION, 2, modules};

	hello_put(buffer, &hello);
}

static void again_hello(struct reader *reader, struct buffer *buffer)
{
	struct hello hello;

	hello_get(reader, &hello);
	if (!reader->failed)
		hello_put(buffer, &hello);
	hello_fini(&hello);
}

static void put_job(struct buffer *buffer)
{
	struct query_name query_names[] = {{1, true}, {0, false}};
	struct fatal fatal[] = {{schedule, END_CRASH, 11},
				{{choices, 2, 2}, END_HANG, 0}};
	struct job job = {.kind = JOB_FOLLOW,
			  .strategy = "dfs",
			  .preemptions = 2,
			  .delays = 3,
			  .plain_dependence = true,
			  .timeouts = 3,
			  .spurious = 4,
			  .tree = true,
			  .max_steps = 1000,
			  .max_executions = 1ULL << 40,
			  .runs = 77,
			  .seed = 1ULL << 63,
			  .learn_first = 5,
			  .sampling = true,
			  .stop_at_first = true,
			  .turn_end = 1ULL << 41,
			  .watch_count = 2,
			  .watches = watches,
			  .query = "expression",
			  .query_length = 10,
			  .query_name_count = 2,
			  .query_names = query_names,
			  .visible = visible,
			  .fatal_count = 2,
			  .fatal = fatal,
			  .resume = "saved\0search",
			  .resume_length = 12,
			  .schedule = schedule,
			  .is_query = true};

	job_put(buffer, &job);
}

static void again_job(struct reader *reader, struct buffer *buffer)
{
	struct job job;

	job_get(reader, &job);
	if (!reader->failed)
		job_put(buffer, &job);
	job_fini(&job);
}

static void put_visible(struct buffer *buffer)
{
	visible_set_put(buffer, &visible);
}

static void again_visible(struct reader *reader, struct buffer *buffer)
{
	struct visible_set set;

	visible_set_get(reader, &set);
	if (!reader->failed)
		visible_set_put(buffer, &set);
	visible_set_fini(&set);
}

static void put_outcome(struct buffer *buffer)
{
	uint32_t x = 4;
	uint64_t p = 0x4010;
	const void *values[] = {&x, &p};
	struct location pointees[] = {{0}, {LOCATION_MODULE, 0, 0, 0x4010}};
	struct named_bytes named[] = {{"name", "abc", 3}, {"", "", 0}};
	struct outcome_message outcome = {.id = 9,
					  .named_count = 2,
					  .named = named,
					  .end = END_ASSERTION,
					  .has_status = true,
					  .status = -6,
					  .message = "x == 4",
					  .place = code,
					  .fault = memory_place,
					  .value_count = 2,
					  .values = values,
					  .pointees = pointees,
					  .output = "a\0b",
					  .output_length = 3,
					  .output_total = 300,
					  .output_digest = 0xabcdef,
					  .run = 17,
					  .schedule = schedule,
					  .lost_update = true,
					  .wanted = true};

	outcome_put(buffer, &outcome, watches);
}

static void again_outcome(struct reader *reader, struct buffer *buffer)
{
	struct outcome_message outcome;

	outcome_get(reader, &outcome);
	/* A value that is as long as its watch says is put back whole. */
	if (!reader->failed && outcome.value_count == 2 &&
	    outcome.value_bytes[0] == watches[0].bytes &&
	    outcome.value_bytes[1] == watches[1].bytes)
		outcome_put(buffer, &outcome, watches);
	outcome_message_fini(&outcome);
}

static void put_finding(struct buffer *buffer)
{
	struct blocked_message blocked[] = {
		{.thread = 1,
		 .op = OP_MUTEX_LOCK,
		 .object = memory_place,
		 .holder = 2,
		 .holder_has_ended = true,
		 .place = code,
		 .block = {.known = true, .offset = -8, .bytes = 24},
		 .local = {true, code, -16}},
		{.thread = 2,
		 .op = OP_JOIN,
		 .object = {LOCATION_THREAD, 0, 1, 0},
		 .holder = NO_THREAD,
		 .place = code}};
	struct finding_message finding = {
		.id = 4,
		.kind = FINDING_DATA_RACE,
		.message = "what was said",
		.thread = 1,
		.place = code,
		.object = memory_place,
		.status = 11,
		.access_count = 2,
		.accesses = {{1, OP_READ, memory_place, 4, code},
			     {2, OP_WRITE, memory_place, 4, code}},
		.blocked_count = 2,
		.blocked = blocked,
		.schedule = schedule};

	finding_put(buffer, &finding);
}

static void again_finding(struct reader *reader, struct buffer *buffer)
{
	struct finding_message finding;

	finding_get(reader, &finding);
	if (!reader->failed)
		finding_put(buffer, &finding);
	finding_message_fini(&finding);
}

static void put_checkpoint(struct buffer *buffer)
{
	struct checkpoint checkpoint = {3, 1, "where it stands", 15};

	checkpoint_put(buffer, &checkpoint);
}

static void again_checkpoint(struct reader *reader, struct buffer *buffer)
{
	struct checkpoint checkpoint;

	checkpoint_get(reader, &checkpoint);
	if (!reader->failed)
		checkpoint_put(buffer, &checkpoint);
}

static void put_unsupported(struct buffer *buffer)
{
	struct unsupported unsupported = {"pthread_cond_wait", true, code,
					  schedule};

	unsupported_put(buffer, &unsupported);
}

static void again_unsupported(struct reader *reader, struct buffer *buffer)
{
	struct unsupported unsupported;

	unsupported_get(reader, &unsupported);
	if (!reader->failed)
		unsupported_put(buffer, &unsupported);
	unsupported_fini(&unsupported);
}

static void put_tree(struct buffer *buffer)
{
	struct tree_choice choices_there[2] = {
		{{.step = 4, .thread = 1, .op = OP_READ}, TREE_ASLEEP},
		{{.step = 4, .thread = 2, .op = OP_WRITE}, TREE_OPEN}};
	struct tree_message tree = {.news = TREE_END,
				    .depth = 4,
				    .thread = 1,
				    .alternative = 2,
				    .outcome = 3,
				    .has_after = true,
				    .after = 77,
				    .result = -1,
				    .choice_count = 2,
				    .choices = choices_there};

	tree_put(buffer, &tree);
}

static void again_tree(struct reader *reader, struct buffer *buffer)
{
	struct tree_message tree;

	tree_get(reader, &tree);
	if (!reader->failed)
		tree_put(buffer, &tree);
}

static void put_turn(struct buffer *buffer)
{
	turn_put(buffer, &(struct turn){1ULL << 42, true, visible});
}

static void again_turn(struct reader *reader, struct buffer *buffer)
{
	struct turn turn;

	turn_get(reader, &turn);
	if (!reader->failed)
		turn_put(buffer, &turn);
	turn_fini(&turn);
}

static void put_done(struct buffer *buffer)
{
	struct tally outcomes[] = {{3, 1}, {4, 0}};
	struct tally findings[] = {{7, 0}};
	struct done done = {.incomplete_because = REASON_LIMIT | REASON_BOUND,
			    .rounds = 2,
			    .executions = 34,
			    .blocked = 1,
			    .cut = 5,
			    .transitions = 410,
			    .steps = 1ULL << 50,
			    .outcome_count = 2,
			    .outcomes = outcomes,
			    .finding_count = 1,
			    .findings = findings,
			    .diverged = true,
			    .diverged_step = 12};

	done_put(buffer, &done);
}

static void again_done(struct reader *reader, struct buffer *buffer)
{
	struct done done;

	done_get(reader, &done);
	if (!reader->failed)
		done_put(buffer, &done);
	done_fini(&done);
}

const struct sample samples[] = {
	{"HELLO", put_hello, again_hello},
	{"JOB", put_job, again_job},
	{"VISIBLE", put_visible, again_visible},
	{"OUTCOME", put_outcome, again_outcome},
	{"FINDING", put_finding, again_finding},
	{"CHECKPOINT", put_checkpoint, again_checkpoint},
	{"UNSUPPORTED", put_unsupported, again_unsupported},
	{"tree", put_tree, again_tree},
	{"TURN", put_turn, again_turn},
	{"DONE", put_done, again_done},
};
const size_t sample_count = sizeof(samples) / sizeof(samples[0]);
