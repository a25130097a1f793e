/*
 * The JOB message put together and taken apart. See job_message.h.
 */
#include "channel/job_message.h"

#include <string.h>

#include "base/memory.h"
#include "channel/wire.h"

/* What one element of each array takes at least in a body. */
enum {
	WATCH_BYTES = 20 + 4 + 4,
	QUERY_NAME_BYTES = 4 + 4,
	/* A schedule takes a byte at least, however it is coded. */
	FATAL_BYTES = 1 + 4 + 4,
};

static void put_watches(struct buffer *buffer, const struct job *job)
{
	buffer_put_u32(buffer, job->watch_count);
	for (uint32_t i = 0; i < job->watch_count; i++) {
		wire_put_location(buffer, &job->watches[i].location);
		buffer_put_u32(buffer, job->watches[i].bytes);
		wire_put_bool(buffer, job->watches[i].pointer);
	}
}

static void get_watches(struct reader *reader, struct job *job)
{
	job->watch_count = wire_count(reader, WATCH_BYTES);
	job->watches = wire_array(job->watch_count, sizeof(*job->watches));
	for (uint32_t i = 0; i < job->watch_count; i++) {
		job->watches[i].location = wire_location(reader);
		job->watches[i].bytes = reader_u32(reader);
		job->watches[i].pointer = wire_bool(reader);
	}
}

static void put_query(struct buffer *buffer, const struct job *job)
{
	buffer_put_block(buffer, job->query, job->query_length);
	buffer_put_u32(buffer, job->query_name_count);
	for (uint32_t i = 0; i < job->query_name_count; i++) {
		buffer_put_u32(buffer, job->query_names[i].watch);
		wire_put_bool(buffer, job->query_names[i].is_signed);
	}
}

/* Behind the watches, which the names refer to. */
static void get_query(struct reader *reader, struct job *job)
{
	job->query = reader_block(reader, &job->query_length);
	job->query_name_count = wire_count(reader, QUERY_NAME_BYTES);
	job->query_names =
		wire_array(job->query_name_count, sizeof(*job->query_names));
	for (uint32_t i = 0; i < job->query_name_count; i++) {
		job->query_names[i].watch =
			wire_below(reader, job->watch_count);
		job->query_names[i].is_signed = wire_bool(reader);
	}
}

static void put_fatal(struct buffer *buffer, const struct job *job)
{
	buffer_put_u32(buffer, job->fatal_count);
	for (uint32_t i = 0; i < job->fatal_count; i++) {
		const struct fatal *fatal = &job->fatal[i];

		schedule_put(buffer, fatal->schedule.at,
			     fatal->schedule.length);
		buffer_put_u32(buffer, fatal->end);
		wire_put_i32(buffer, fatal->status);
	}
}

static void get_fatal(struct reader *reader, struct job *job)
{
	job->fatal_count = wire_count(reader, FATAL_BYTES);
	job->fatal = wire_array(job->fatal_count, sizeof(*job->fatal));
	for (uint32_t i = 0; i < job->fatal_count; i++) {
		schedule_get(reader, &job->fatal[i].schedule);
		job->fatal[i].end = wire_below(reader, END_COUNT);
		job->fatal[i].status = wire_i32(reader);
	}
}

void job_put(struct buffer *buffer, const struct job *job)
{
	buffer_put_u32(buffer, job->kind);
	wire_put_string(buffer, job->strategy);
	buffer_put_u32(buffer, job->preemptions);
	buffer_put_u32(buffer, job->delays);
	buffer_put_u32(buffer, job->timeouts);
	buffer_put_u32(buffer, job->spurious);
	buffer_put_u64(buffer, job->max_steps);
	buffer_put_u64(buffer, job->max_executions);
	buffer_put_u64(buffer, job->runs);
	buffer_put_u64(buffer, job->seed);
	buffer_put_u32(buffer, job->states_flags);
	buffer_put_u64(buffer, job->states_memory);
	buffer_put_u64(buffer, job->learn_first);
	wire_put_bool(buffer, job->sampling);
	wire_put_bool(buffer, job->plain_dependence);
	wire_put_bool(buffer, job->tree);
	wire_put_bool(buffer, job->no_races);
	buffer_put_u32(buffer, job->heap_checks);
	wire_put_bool(buffer, job->recheck);
	wire_put_bool(buffer, job->stop_at_first);
	buffer_put_u64(buffer, job->turn_end);
	put_watches(buffer, job);
	put_query(buffer, job);
	visible_set_put(buffer, &job->visible);
	put_fatal(buffer, job);
	buffer_put_block(buffer, job->resume, job->resume_length);
	schedule_put(buffer, job->schedule.at, job->schedule.length);
	wire_put_bool(buffer, job->livelock);
	wire_put_bool(buffer, job->is_query);
}

void job_get(struct reader *reader, struct job *ret_job)
{
	memset(ret_job, 0, sizeof(*ret_job));
	ret_job->kind = wire_below(reader, JOB_NATIVE + 1);
	ret_job->strategy = wire_string(reader);
	ret_job->preemptions = reader_u32(reader);
	ret_job->delays = reader_u32(reader);
	ret_job->timeouts = reader_u32(reader);
	ret_job->spurious = reader_u32(reader);
	ret_job->max_steps = reader_u64(reader);
	ret_job->max_executions = reader_u64(reader);
	ret_job->runs = reader_u64(reader);
	ret_job->seed = reader_u64(reader);
	ret_job->states_flags = wire_below(reader, STATES_FLAGS);
	ret_job->states_memory = reader_u64(reader);
	ret_job->learn_first = reader_u64(reader);
	ret_job->sampling = wire_bool(reader);
	ret_job->plain_dependence = wire_bool(reader);
	ret_job->tree = wire_bool(reader);
	ret_job->no_races = wire_bool(reader);
	ret_job->heap_checks = wire_below(reader, HEAP_CHECKS_ALL);
	ret_job->recheck = wire_bool(reader);
	ret_job->stop_at_first = wire_bool(reader);
	ret_job->turn_end = reader_u64(reader);
	get_watches(reader, ret_job);
	get_query(reader, ret_job);
	visible_set_get(reader, &ret_job->visible);
	get_fatal(reader, ret_job);
	ret_job->resume = reader_block(reader, &ret_job->resume_length);
	schedule_get(reader, &ret_job->schedule);
	ret_job->livelock = wire_bool(reader);
	ret_job->is_query = wire_bool(reader);
}

void job_fini(struct job *job)
{
	memory_free(job->watches, job->watch_count * sizeof(*job->watches));
	memory_free(job->query_names,
		    job->query_name_count * sizeof(*job->query_names));
	visible_set_fini(&job->visible);
	for (uint32_t i = 0; i < job->fatal_count; i++)
		schedule_fini(&job->fatal[i].schedule);
	memory_free(job->fatal, job->fatal_count * sizeof(*job->fatal));
	schedule_fini(&job->schedule);
	memset(job, 0, sizeof(*job));
}
