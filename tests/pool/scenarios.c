/*
 * What fake children do.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "channel/socket.h"
#include "fake_child.h"

/* x = n is what a schedule of n steps comes to, as fake_follow() has it. */
static void plain(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_visible(fake, 1);
	fake_outcome(fake, 0, 4, 4);
	fake_race(fake, 0, OP_READ, OP_WRITE, 4);
	fake_outcome(fake, 1, 2, 2);
	fake_race(fake, 1, OP_WRITE, OP_READ, 2);
	fake_outcome(fake, 2, 3, 3);
	fake_race(fake, 2, OP_WRITE, OP_WRITE, 3);
	fake_done(fake, 0, 3, 3, (uint64_t[]){30, 1, 3, 5, 6, 7});
	fake_follow(fake, 0);
}

/* The first race that is found has no read. */
static void races(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	fake_race(fake, 0, OP_WRITE, OP_WRITE, 1);
	fake_race(fake, 1, OP_READ, OP_WRITE, 1);
	fake_race(fake, 2, OP_WRITE, OP_WRITE, 1);
	fake_done(fake, 0, 1, 3, (uint64_t[]){9, 8, 2, 3});
	fake_follow(fake, 0);
}

static void replay(struct fake *fake)
{
	fake_greet(fake);
	fake_follow(fake, 0);
}

static void replay_otherwise(struct fake *fake)
{
	fake_greet(fake);
	fake_follow(fake, 1);
}

/* The same schedule comes to something else the second time. */
static void fickle(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 4, 4);
	fake_done(fake, 0, 1, 0, (uint64_t[]){1});
	fake_follow(fake, 1);
}

/* Dies at the schedule of three steps, unless it is told that this kills. */
static void dies(struct fake *fake)
{
	static const char saved[] = "after one";
	const struct job *job = &fake->job;

	fake_greet(fake);
	fake_take_job(fake);
	fake->fatal_length = 3;
	if (job->kind == JOB_FOLLOW)
		fake_follow(fake, 0);
	if (job->fatal_count == 0) {
		fake_outcome(fake, 0, 1, 1);
		fake_checkpoint(fake, 1, 0, saved);
		fake_outcome(fake, 1, 2, 2);
		fake_race(fake, 0, OP_READ, OP_WRITE, 2);
		fake_begin_execution(fake, PHASE_SEARCH, 3);
		raise(SIGKILL);
	}
	if (job->resume_length != strlen(saved) ||
	    memcmp(job->resume, saved, strlen(saved)) != 0 ||
	    job->fatal_count != 1 || job->fatal[0].schedule.length != 3 ||
	    job->fatal[0].end != END_CRASH || job->fatal[0].status != SIGKILL)
		_exit(98);
	fake_outcome(fake, 1, 2, 2);
	fake_end(fake, 2, END_CRASH, SIGKILL, 3);
	fake_done(fake, 0, 3, 0, (uint64_t[]){5, 6, 1});
	fake_follow(fake, 0);
}

/* Each process dies of a longer schedule than the one before. */
static void dies_always(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_begin_execution(fake, PHASE_SEARCH, fake->job.fatal_count + 1);
	raise(SIGKILL);
}

/* Each process dies of the same schedule. */
static void dies_again(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_begin_execution(fake, PHASE_SEARCH, 3);
	raise(SIGKILL);
}

/* Closes what it did not open, and lives on. */
static void closes(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.fatal_count > 0) {
		fake_end(fake, 0, END_CRASH, 0, 3);
		fake_done(fake, 0, 1, 0, (uint64_t[]){1});
		fake_follow(fake, 0);
	}
	fake_begin_execution(fake, PHASE_SEARCH, 3);
	close(fake->socket);
	pause();
}

static void dies_learning(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.learn_first == 0) {
		fake->shared->run = 4;
		fake_begin_execution(fake, PHASE_LEARNING, 3);
		syscall(SYS_exit_group, 7);
	}
	if (fake->job.learn_first != 5 || fake->job.fatal_count != 0)
		_exit(98);
	fake_outcome(fake, 0, 1, 1);
	fake_done(fake, 0, 1, 0, (uint64_t[]){2});
	fake_follow(fake, 0);
}

/* Dies of an execution that shows what is visible besides: no schedule of the
 * smaller set means anything from then on. */
static void dies_learned(struct fake *fake)
{
	const struct job *job = &fake->job;

	fake_greet(fake);
	fake_take_job(fake);
	if (job->visible.range_count == 0) {
		fake_outcome(fake, 0, 9, 1);
		fake_checkpoint(fake, 1, 0, "of the smaller set");
		fake_begin_execution(fake, PHASE_SEARCH, 0);
		fake_learned(fake);
		raise(SIGKILL);
	}
	if (job->visible.range_count != 1 || job->visible.version != 1 ||
	    job->visible.ranges[0].bytes != sizeof(fake_x) ||
	    job->learn_first != UINT64_MAX || job->fatal_count != 0 ||
	    job->resume_length != 0)
		_exit(98);
	fake_visible(fake, 1);
	fake_outcome(fake, 0, 1, 1);
	fake_done(fake, 0, 1, 0, (uint64_t[]){2});
	fake_follow(fake, 0);
}

static volatile sig_atomic_t hang_signals;

static void note_hang(int number)
{
	(void)number;
	hang_signals = 1;
}

static void spin_until_signalled(struct fake *fake)
{
	fake_begin_execution(fake, PHASE_SEARCH, 2);
	while (!hang_signals)
		;
}

/* Hangs, and reacts to the signal as the library does. */
static void hangs(struct fake *fake)
{
	signal(HANG_SIGNAL, note_hang);
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	spin_until_signalled(fake);
	fake_end(fake, 1, END_HANG, 0, 2);
	fake_done(fake, REASON_HANG, 2, 0, (uint64_t[]){3, 1});
	fake_follow(fake, 0);
}

/* Hangs, and is deaf to the signal. */
static void hangs_deaf(struct fake *fake)
{
	signal(HANG_SIGNAL, SIG_IGN);
	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.fatal_count == 0)
		spin_until_signalled(fake);
	if (fake->job.fatal[0].end != END_HANG)
		_exit(98);
	fake_end(fake, 0, END_HANG, 0, 2);
	fake_done(fake, 0, 1, 0, (uint64_t[]){1});
	fake_follow(fake, 0);
}

/* Searches until it is asked to stop. */
static void endless(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	while (!fake->shared->stop) {
		fake_begin_execution(fake, PHASE_SEARCH, 1);
		usleep(1000);
	}
	fake_done(fake, REASON_INTERRUPTED, 1, 0, (uint64_t[]){7});
	fake_follow(fake, 0);
}

/* Does not stop when it is asked to. */
static void headstrong(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	fake_race(fake, 0, OP_READ, OP_WRITE, 1);
	fake->shared->executions = 41;
	for (;;) {
		fake_begin_execution(fake, PHASE_SEARCH, 1);
		usleep(1000);
	}
}

static void waits_for_acks(struct fake *fake)
{
	uint32_t id = 0;

	fake_greet(fake);
	fake_take_job(fake);
	if (!fake->job.stop_at_first)
		_exit(98);
	do {
		fake_outcome(fake, id, (int)id + 1, id + 1);
		id++;
	} while (fake_ack(fake) == 1);
	fake_done(fake, REASON_LIMIT, id, 0, (uint64_t[]){1, 1, 1, 1, 1});
	fake_follow(fake, 0);
}

static void two_rounds(struct fake *fake, unsigned reasons)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_visible(fake, 1);
	fake_outcome(fake, 0, 1, 1);
	fake_outcome(fake, 1, 2, 2);
	fake_race(fake, 0, OP_READ, OP_WRITE, 1);
	fake_visible(fake, 2);
	fake_outcome(fake, 0, 2, 2);
	fake_done(fake, reasons, 1, 0, (uint64_t[]){9});
	fake_follow(fake, 0);
}

static void rounds(struct fake *fake)
{
	two_rounds(fake, 0);
}

static void rounds_cut(struct fake *fake)
{
	two_rounds(fake, REASON_LIMIT);
}

static void mute(struct fake *fake)
{
	(void)fake;
	fprintf(stderr, "I shall not speak\n");
	_exit(5);
}

static void foreign(struct fake *fake)
{
	struct hello hello = {.version = CHANNEL_VERSION + 1};
	struct buffer body = {0};

	hello_put(&body, &hello);
	channel_send(fake->socket, MESSAGE_HELLO, &body);
	pause();
}

static void senseless(struct fake *fake)
{
	struct buffer body = {0};

	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	buffer_put_u32(&body, 1);
	channel_send(fake->socket, MESSAGE_OUTCOME, &body);
	pause();
}

/* What is no message, and would be a long one. */
static void noise(struct fake *fake)
{
	static const char garbage[] = "garbage garbage";

	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	send(fake->socket, garbage, sizeof(garbage), 0);
	pause();
}

/* Dies having written all over the shared memory. */
static void scribbles(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	fake_begin_execution(fake, PHASE_SEARCH, 3);
	memset(fake->shared, 0x41, 4096);
	raise(SIGSEGV);
}

static void unsupported(struct fake *fake)
{
	struct unsupported what = {.function = "pthread_cond_wait",
				   .place = {.module = PLACE_UNKNOWN}};
	struct buffer body = {0};

	fake_greet(fake);
	fake_take_job(fake);
	fake_outcome(fake, 0, 1, 1);
	unsupported_put(&body, &what);
	channel_send(fake->socket, MESSAGE_UNSUPPORTED, &body);
	fake_done(fake, REASON_UNSUPPORTED_CALL, 1, 0, (uint64_t[]){1});
	fake_follow(fake, 0);
}

/* On "real threads": says x through the library, and the rest itself. */
static void native(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.kind != JOB_NATIVE)
		_exit(98);
	printf("to one\n");
	fflush(stdout);
	fprintf(stderr, "to two\n");
	fake_outcome(fake, 0, 3, 0);
	_exit(4);
}

static void native_assertion(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	fprintf(stderr, "prog: dir/a.c:12: main: Assertion `x == 4' failed.\n");
	abort();
}

static void native_hang(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	pause();
}

/* More than is kept, and the same each time, in pieces of any size. */
static void native_loud(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	for (int i = 0; i < LOUD_LINES; i++) {
		printf("line %d\n", i);
		if (getpid() % 7 == i % 7)
			fflush(stdout);
	}
	fflush(stdout);
}

/* Two that take turns: one that never comes to an end, and has seen a race. */
static void turns_of_dpor(struct fake *fake)
{
	struct turn turn;

	fake_visible(fake, 1);
	fake_outcome(fake, 0, 4, 4);
	fake_race(fake, 0, OP_READ, OP_WRITE, 4);
	fake_turn(fake, &turn);
	if (!turn.grew || turn.visible.version != 2 ||
	    turn.end != 2 * fake->job.turn_end)
		_exit(98);
	turn_fini(&turn);
	fake_visible(fake, 2);
	fake_outcome(fake, 0, 3, 3);
	fake_turn(fake, &turn);
	_exit(98);
}

/* And one that learns more, and ends with its second turn. */
static void turns_of_states(struct fake *fake)
{
	struct turn turn;

	if (fake->job.visible.version != 1 ||
	    fake->job.learn_first != UINT64_MAX)
		_exit(98);
	fake_visible(fake, 2);
	fake_outcome(fake, 0, 4, 4);
	fake_outcome(fake, 1, 2, 2);
	fake_turn(fake, &turn);
	if (turn.grew || turn.end != 2 * fake->job.turn_end)
		_exit(98);
	fake_done(fake, 0, 2, 0, (uint64_t[]){1, 1});
	fake_follow(fake, 0);
}

static void turns(struct fake *fake)
{
	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.kind == JOB_FOLLOW)
		fake_follow(fake, 0);
	if (strcmp(fake->job.strategy, "states") == 0)
		turns_of_states(fake);
	else
		turns_of_dpor(fake);
}

/* The second one ends at once, and does not know all; the first is left alone
 * then. */
static void turns_alone(struct fake *fake)
{
	struct turn turn;

	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.kind == JOB_FOLLOW)
		fake_follow(fake, 0);
	fake_outcome(fake, 0, 4, 4);
	if (strcmp(fake->job.strategy, "states") == 0) {
		fake_done(fake, REASON_RACES_NOT_DECIDED, 1, 0,
			  (uint64_t[]){1});
		fake_take_job(fake);
	}
	fake_turn(fake, &turn);
	if (turn.end != 0)
		_exit(98);
	fake_done(fake, 0, 1, 0, (uint64_t[]){7});
	fake_follow(fake, 0);
}

/* The first one had to cut executions off; the second never ends. */
static void turns_cut(struct fake *fake)
{
	struct turn turn;

	fake_greet(fake);
	fake_take_job(fake);
	if (fake->job.kind == JOB_FOLLOW)
		fake_follow(fake, 0);
	fake_outcome(fake, 0, 4, 4);
	if (strcmp(fake->job.strategy, "dpor") == 0) {
		fake_done(fake, REASON_LIMIT, 1, 0, (uint64_t[]){7});
		fake_follow(fake, 0);
	}
	do
		fake_turn(fake, &turn);
	while (!fake->shared->stop);
	fake_done(fake, REASON_LIMIT, 1, 0, (uint64_t[]){1});
	fake_take_job(fake);
}

const struct scenario scenarios[] = {
	{"plain", plain},
	{"races", races},
	{"replay", replay},
	{"replay-otherwise", replay_otherwise},
	{"fickle", fickle},
	{"dies", dies},
	{"dies-always", dies_always},
	{"dies-again", dies_again},
	{"dies-learning", dies_learning},
	{"dies-learned", dies_learned},
	{"closes", closes},
	{"hangs", hangs},
	{"hangs-deaf", hangs_deaf},
	{"endless", endless},
	{"headstrong", headstrong},
	{"waits-for-acks", waits_for_acks},
	{"rounds", rounds},
	{"rounds-cut", rounds_cut},
	{"mute", mute},
	{"foreign", foreign},
	{"senseless", senseless},
	{"noise", noise},
	{"scribbles", scribbles},
	{"unsupported", unsupported},
	{"turns", turns},
	{"turns-alone", turns_alone},
	{"turns-cut", turns_cut},
	{"native", native},
	{"native-assertion", native_assertion},
	{"native-hang", native_hang},
	{"native-loud", native_loud},
	{NULL, NULL},
};
