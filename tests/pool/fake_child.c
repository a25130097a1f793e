/*
 * A program under test that is none (see fake_child.h).
 */
#include "fake_child.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "channel/shared.h"

#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "channel/socket.h"

int fake_x = 1;
double fake_real = 2;
int *fake_pointer = &fake_x;

void fake_code(void)
{
	fake_x++;
}

/* A wrong step of the test itself. */
static void expect(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "fake child: %s\n", what);
	_exit(99);
}

static void send_message(struct fake *fake, enum message_type type,
			 struct buffer *body)
{
	if (channel_send(fake->socket, type, body) != 0)
		_exit(0);
	buffer_fini(body);
}

static int first_bias(struct dl_phdr_info *info, size_t size, void *bias)
{
	(void)size;
	*(uint64_t *)bias = info->dlpi_addr;
	return 1;
}

static uint64_t bias(void)
{
	uint64_t value = 0;

	dl_iterate_phdr(first_bias, &value);
	return value;
}

static struct location location_of(const void *address)
{
	return (struct location){.kind = LOCATION_MODULE,
				 .offset = (uint64_t)address - bias()};
}

static struct code_place place_in_fake_code(void)
{
	/* Past the first instruction, which belongs to the function's own
	 * line. */
	return (struct code_place){0, (uint64_t)&fake_code - bias() + 1};
}

void fake_greet(struct fake *fake)
{
	static char path[4096];
	struct module_info module = {.path = path, .bias = bias()};
	struct hello hello = {CHANNEL_VERSION, 1, &module};
	struct buffer body = {0};

	expect(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0, "exe");
	hello_put(&body, &hello);
	send_message(fake, MESSAGE_HELLO, &body);
}

void fake_take_job(struct fake *fake)
{
	enum message_type type;
	struct reader reader;

	if (channel_receive(fake->socket, &type, &fake->body) != 1)
		_exit(0);
	expect(type == MESSAGE_JOB, "something else than a job came");
	reader = reader_of(fake->body.data, fake->body.length);
	job_get(&reader, &fake->job);
	expect(!reader.failed, "a malformed job came");
}

uint32_t fake_ack(struct fake *fake)
{
	struct buffer body = {0};
	struct reader reader;
	enum message_type type;
	uint32_t answer;

	if (channel_receive(fake->socket, &type, &body) != 1)
		_exit(0);
	expect(type == MESSAGE_ACK, "something else than an ACK came");
	reader = reader_of(body.data, body.length);
	answer = reader_u32(&reader);
	buffer_fini(&body);
	return answer;
}

void fake_turn(struct fake *fake, struct turn *ret_turn)
{
	struct buffer body = {0};
	struct reader reader;
	enum message_type type;

	send_message(fake, MESSAGE_TURN, &body);
	if (channel_receive(fake->socket, &type, &fake->body) != 1)
		_exit(0);
	expect(type == MESSAGE_TURN, "something else than a turn came");
	reader = reader_of(fake->body.data, fake->body.length);
	turn_get(&reader, ret_turn);
	expect(!reader.failed, "a malformed turn came");
}

static struct schedule schedule_of(size_t count)
{
	struct schedule schedule = {0};

	for (size_t i = 0; i < count; i++)
		schedule_add(&schedule, (struct choice){.thread = 1});
	return schedule;
}

void fake_begin_execution(struct fake *fake, enum shared_phase phase,
			  size_t count)
{
	fake->shared->phase = phase;
	for (size_t i = 0; i < count; i++)
		fake->shared->schedule[i] = (struct choice){.thread = 1};
	fake->shared->length = (uint32_t)count;
	fake->shared->heartbeat++;
}

static void send_visible(struct fake *fake, enum message_type type,
			 uint32_t version)
{
	struct visible_range range = {location_of(&fake_x), sizeof(fake_x), 0};
	struct visible_set set = {
		.version = version, .range_count = 1, .ranges = &range};
	struct buffer body = {0};

	visible_set_put(&body, &set);
	send_message(fake, type, &body);
}

void fake_visible(struct fake *fake, uint32_t version)
{
	send_visible(fake, MESSAGE_VISIBLE, version);
}

void fake_learned(struct fake *fake)
{
	send_visible(fake, MESSAGE_LEARNED, 0);
}

static void send_outcome(struct fake *fake, struct outcome_message *outcome,
			 size_t count)
{
	struct buffer body = {0};

	outcome->schedule = schedule_of(count);
	outcome_put(&body, outcome, fake->job.watches);
	schedule_fini(&outcome->schedule);
	send_message(fake, MESSAGE_OUTCOME, &body);
}

void fake_outcome(struct fake *fake, uint32_t id, int x, size_t count)
{
	const void *values[] = {&x};
	char output[32];
	struct outcome_message outcome = {
		.id = id,
		.end = END_EXIT,
		.has_status = true,
		.value_count = fake->job.watch_count,
		.values = values,
		.output = output,
	};

	expect(fake->job.watch_count <= 1, "one variable at most is watched");
	outcome.output_length =
		(size_t)snprintf(output, sizeof(output), "x = %d\n", x);
	outcome.output_total = outcome.output_length;
	send_outcome(fake, &outcome, count);
}

void fake_end(struct fake *fake, uint32_t id, enum end_kind end, int status,
	      size_t count)
{
	int x = (int)count;
	const void *values[] = {&x};
	struct outcome_message outcome = {.id = id,
					  .end = end,
					  .has_status = status != 0,
					  .status = status,
					  .place = place_in_fake_code(),
					  .value_count = fake->job.watch_count,
					  .values = values};

	send_outcome(fake, &outcome, count);
}

static struct access_message access_of(uint32_t thread, enum op op)
{
	return (struct access_message){.thread = thread,
				       .op = op,
				       .object = location_of(&fake_x),
				       .size = sizeof(fake_x),
				       .place = place_in_fake_code()};
}

void fake_race(struct fake *fake, uint32_t id, enum op first, enum op second,
	       size_t count)
{
	struct finding_message finding = {
		.id = id,
		.kind = FINDING_DATA_RACE,
		.thread = NO_THREAD,
		.place = {.module = PLACE_UNKNOWN},
		.access_count = 2,
		.accesses = {access_of(1, first), access_of(2, second)},
		.schedule = schedule_of(count),
	};
	struct buffer body = {0};

	finding_put(&body, &finding);
	schedule_fini(&finding.schedule);
	send_message(fake, MESSAGE_FINDING, &body);
}

void fake_checkpoint(struct fake *fake, uint32_t outcomes, uint32_t findings,
		     const char *search)
{
	struct checkpoint checkpoint = {outcomes, findings, search,
					strlen(search)};
	struct buffer body = {0};

	checkpoint_put(&body, &checkpoint);
	send_message(fake, MESSAGE_CHECKPOINT, &body);
}

void fake_done(struct fake *fake, unsigned reasons, uint32_t outcomes,
	       uint32_t findings, const uint64_t *counts)
{
	struct tally tallies[8] = {{0}};
	struct done done = {.incomplete_because = reasons,
			    .rounds = 1,
			    .outcome_count = outcomes,
			    .outcomes = tallies,
			    .finding_count = findings,
			    .findings = tallies + outcomes};
	struct buffer body = {0};

	expect(outcomes + findings <= 8, "too many counts");
	for (uint32_t i = 0; i < outcomes + findings; i++) {
		tallies[i].count = counts[i];
		if (i < outcomes)
			done.executions += counts[i];
	}
	fake->shared->phase = PHASE_IDLE;
	done_put(&body, &done);
	send_message(fake, MESSAGE_DONE, &body);
}

static void send_step(struct fake *fake, uint64_t step)
{
	struct event event = {.step = step,
			      .thread = 1,
			      .op = OP_WRITE,
			      .order = ORDER_PLAIN,
			      .object = location_of(&fake_x),
			      .size = sizeof(fake_x),
			      .reads_from = EVENT_NONE,
			      .place = place_in_fake_code()};
	struct buffer body = {0};

	buffer_put(&body, &event, sizeof(event));
	send_message(fake, MESSAGE_STEP, &body);
}

/* A schedule that kills the process, unless the job says that it would. */
static void follow_to_death(struct fake *fake, size_t count)
{
	const struct fatal *fatal = &fake->job.fatal[0];

	if (fake->job.fatal_count == 0) {
		fake_begin_execution(fake, PHASE_FOLLOW, count);
		raise(SIGKILL);
	}
	expect(fatal->schedule.length == count, "the schedule that kills");
	fake_end(fake, 0, (enum end_kind)fatal->end, fatal->status, count);
}

static void follow_one(struct fake *fake, int error)
{
	size_t count = fake->job.schedule.length;

	expect(fake->job.kind == JOB_FOLLOW, "a schedule to follow");
	for (size_t i = 0; i < count; i++)
		send_step(fake, i);
	if (count > 0 && count == fake->fatal_length)
		follow_to_death(fake, count);
	else
		fake_outcome(fake, 0, (int)count + error, count);
	fake_done(fake, 0, 1, 0, (uint64_t[]){1});
}

void fake_follow(struct fake *fake, int error)
{
	for (;;) {
		if (fake->job.kind == JOB_FOLLOW)
			follow_one(fake, error);
		job_fini(&fake->job);
		fake_take_job(fake);
		/* To count interleavings: it cannot. */
		if (fake->job.kind == JOB_SEARCH)
			fake_done(fake, 0, 0, 0, NULL);
	}
}

/* Runs before main(), and never returns where the command started us. */
__attribute__((constructor)) static void become_fake_child(int argc,
							   char **argv)
{
	const char *channel = getenv(CHANNEL_VARIABLE);
	struct fake fake = {0};
	int memory;

	if (!channel)
		return;
	expect(argc > 1, "no scenario was asked for");
	expect(sscanf(channel, "%d,%d", &fake.socket, &memory) == 2,
	       "the channel's variable is no pair of numbers");
	fake.shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE,
			   MAP_SHARED, memory, 0);
	expect(fake.shared != MAP_FAILED, "there is no shared memory");
	for (const struct scenario *at = scenarios; at->name; at++) {
		if (strcmp(at->name, argv[1]) == 0) {
			at->run(&fake);
			_exit(0);
		}
	}
	expect(false, "there is no such scenario");
}
