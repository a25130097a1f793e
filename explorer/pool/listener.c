/*
 * Hearing what a child says, and noticing when it falls silent.
 */
#include "pool/listener.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/hash.h"
#include "channel/socket.h"
#include "pool/clock.h"

/* A process that has closed its socket is about to end by itself. */
#define LEAVE_SECONDS 1.0

void listener_init(struct listener *listener, struct child *child)
{
	*listener = (struct listener){.child = child};
	listener->pulse.wall = clock_seconds();
}

void listener_wake(struct listener *listener)
{
	listener->pulse.wall = clock_seconds();
}

void listener_fini(struct listener *listener)
{
	buffer_fini(&listener->body);
}

static void pulse_reset(struct pulse *pulse, uint64_t heartbeat, double cpu)
{
	*pulse = (struct pulse){.heartbeat = heartbeat,
				.cpu = cpu,
				.cpu_latest = cpu,
				.wall = clock_seconds()};
}

/* An execution that hangs before its first step follows upon another that did,
 * and is not the same one that still hangs. */
static uint64_t heartbeat_of(const struct shared *shared)
{
	return hash_mix(hash_mix(shared->heartbeat, shared->executions),
			hash_mix(shared->run, shared->phase));
}

/* True if the heartbeat has stood still for too long. */
static bool has_stopped(struct pulse *pulse, const struct child *child)
{
	uint64_t heartbeat = heartbeat_of(child->shared);
	double now = clock_seconds();
	double cpu;
	bool running;

	if (!child_cpu(child, &cpu, &running))
		return false;
	if (heartbeat != pulse->heartbeat ||
	    child->shared->phase == PHASE_IDLE) {
		pulse_reset(pulse, heartbeat, cpu);
		return false;
	}
	if (cpu > pulse->cpu_latest || running) {
		pulse->cpu_latest = cpu;
		pulse->wall = now;
	}
	return cpu - pulse->cpu >= HANG_CPU_SECONDS ||
	       now - pulse->wall >= HANG_WALL_SECONDS;
}

static void look_at_pulse(struct listener *listener)
{
	struct child *child = listener->child;
	struct pulse *pulse = &listener->pulse;
	bool was_signalled = pulse->is_signalled;

	if (!has_stopped(pulse, child))
		return;
	if (was_signalled) {
		child_kill(child);
		listener->killed_for_hang = true;
		return;
	}
	kill(child->pid, HANG_SIGNAL);
	pulse_reset(pulse, pulse->heartbeat, pulse->cpu_latest);
	pulse->is_signalled = true;
}

static enum heard hear_end(struct listener *listener)
{
	struct child *child = listener->child;

	if (!child_await_end(child, LEAVE_SECONDS)) {
		listener->was_cut_off = true;
		child_kill(child);
	}
	/* A signal that it did not handle killed it: it hung all the same. */
	if (listener->pulse.is_signalled)
		listener->killed_for_hang = true;
	return HEARD_END;
}

enum heard listener_hear(struct listener *listener)
{
	struct child *child = listener->child;
	double now = clock_seconds();
	int ready;
	int got;

	if (now >= listener->next_look) {
		listener->next_look = now + LISTENER_TICK;
		if (!child_has_ended(child))
			look_at_pulse(listener);
	}
	ready = channel_wait(child->socket, (int)(LISTENER_TICK * 1000));
	if (ready == 0)
		return HEARD_NOTHING;
	if (ready < 0)
		return hear_end(listener);
	got = channel_receive(child->socket, &listener->type, &listener->body);
	if (got == 1)
		return HEARD_MESSAGE;
	return got < 0 && (errno == EBADMSG || errno == EAGAIN)
		       ? HEARD_NOISE
		       : hear_end(listener);
}
