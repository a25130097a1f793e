/*
 * Hearing what a child says, and noticing when it falls silent.
 *
 * A healthy child's heartbeat grows with every operation that the program
 * performs. One that stands still for HANG_CPU_SECONDS of the child's own
 * processor time (so that a busy machine does not matter), or for
 * HANG_WALL_SECONDS in which the child uses none (it is blocked in a call),
 * gets HANG_SIGNAL; if it stands still as long again, the process is killed.
 */
#ifndef EXPLORER_POOL_LISTENER_H
#define EXPLORER_POOL_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "channel/message.h"
#include "pool/child.h"

#define HANG_CPU_SECONDS  2.0
#define HANG_WALL_SECONDS 10.0
/* How often the listener looks up, seconds. */
#define LISTENER_TICK 0.1

/* What the heartbeat was, and when. It is a digest of all that moves while an
 * execution, or the next one, does. */
struct pulse {
	uint64_t heartbeat;
	double cpu;	   /* of the child, when the heartbeat last grew */
	double cpu_latest; /* and now */
	double wall;	   /* when either last grew */
	bool is_signalled; /* HANG_SIGNAL was sent and not reacted to */
};

struct listener {
	struct child *child;
	struct pulse pulse;
	double next_look;
	bool killed_for_hang;
	bool was_cut_off; /* it lives, but has closed its end */
	/* The message last heard. */
	enum message_type type;
	struct buffer body;
};

enum heard {
	HEARD_MESSAGE,
	HEARD_NOISE,   /* what is no message, or only half of one */
	HEARD_NOTHING, /* for the length of a tick */
	HEARD_END,     /* the process has ended, and was waited for */
};

void listener_init(struct listener *listener, struct child *child);
void listener_fini(struct listener *listener);

/* The child was waiting for us: its silence counts from now. */
void listener_wake(struct listener *listener);

/* Waits for the next message for at most a tick. */
enum heard listener_hear(struct listener *listener);

#endif
