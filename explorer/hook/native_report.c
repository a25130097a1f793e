/*
 * The watched values at the end of a native run. See native_report.h.
 */
#include "hook/native_report.h"

#include <string.h>

#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/report_message.h"
#include "channel/socket.h"
#include "hook/native_watch.h"
#include "job/job.h"
#include "world/segments.h"

/* Exit handlers have no parameter that would bring it along. */
static struct {
	bool open;
	struct link link;
	struct modules modules;
	struct buffer body;
	struct job job;
} report;

void native_report_open(const char *channel)
{
	enum message_type type;
	struct reader reader;

	if (link_open(&report.link, channel) < 0)
		return;
	modules_find(&report.modules);
	link_hello(&report.link, &report.modules);
	if (channel_receive(report.link.socket, &type, &report.body) != 1 ||
	    type != MESSAGE_JOB)
		return;
	reader = reader_of(report.body.data, report.body.length);
	job_get(&reader, &report.job);
	report.open = !reader.failed;
}

static const void *address_of(const struct location *location)
{
	const struct modules *modules = &report.modules;

	if (location->kind != LOCATION_MODULE ||
	    location->owner >= modules->count)
		return NULL;
	return (const void *)(modules->at[location->owner].bias +
			      location->offset);
}

static struct location pointee_of(const void *pointer)
{
	const struct module *module;
	uintptr_t address;

	memcpy(&address, pointer, sizeof(address));
	module = modules_at(&report.modules, address);
	if (!module)
		return (struct location){.kind = LOCATION_ABSOLUTE,
					 .offset = address};
	return (struct location){
		.kind = LOCATION_MODULE,
		.owner = (uint32_t)(module - report.modules.at),
		.offset = address - module->bias,
	};
}

void native_report(int status)
{
	const struct job *job = &report.job;
	const void **values;
	struct location *pointees;
	struct named_bytes named[WATCHED_MAX];
	uint32_t named_count;

	if (!report.open)
		return;
	report.open = false;
	values = memory_new(job->watch_count * sizeof(*values));
	pointees = memory_new(job->watch_count * sizeof(*pointees));
	for (uint32_t i = 0; i < job->watch_count; i++) {
		values[i] = address_of(&job->watches[i].location);
		if (!values[i])
			return;
		if (job->watches[i].pointer)
			pointees[i] = pointee_of(values[i]);
	}
	named_count = native_watch_list(named);
	outcome_put(&report.link.body,
		    &(struct outcome_message){
			    .end = END_EXIT,
			    .has_status = true,
			    .status = status & 0xff,
			    .message = "",
			    .place = {.module = PLACE_UNKNOWN},
			    .value_count = job->watch_count,
			    .values = values,
			    .pointees = pointees,
			    .named_count = named_count,
			    .named = named,
		    },
		    job->watches);
	link_send(&report.link, MESSAGE_OUTCOME);
}
