/*
 * What a child tells a search. See hunt_hear.h.
 */
#include "pool/hunt_hear.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "channel/socket.h"
#include "pool/filter.h"
#include "pool/naming.h"
#include "pool/unseen.h"

/* With --stop-at-first the child waits for an answer to what it reported. */
static int acknowledge(struct hunt *hunt, bool enough)
{
	struct buffer body = {0};
	int failed;

	if (!hunt->search->stop_at_first && !hunt->search->find)
		return 0;
	if (enough)
		hunt_stop(hunt, STOP_FIRST);
	buffer_put_u32(&body, enough ? 0 : 1);
	failed = channel_send(hunt->session->child.socket, MESSAGE_ACK, &body);
	buffer_fini(&body);
	return failed;
}

static int hear_outcome(struct hunt *hunt)
{
	struct outcome_list *outcomes = &hunt->found.outcomes;
	const struct outcome *last;

	if (found_outcome(&hunt->found, &hunt->listener.body) != 0)
		return -1;
	last = &outcomes->at[outcomes->count - 1].outcome;
	return acknowledge(hunt, last->wanted || (last->unexpected &&
						  hunt->search->stop_at_first));
}

static int hear_finding(struct hunt *hunt)
{
	struct finding_list *findings = &hunt->found.findings;
	const struct finding *last;

	if (found_finding(&hunt->found, &hunt->listener.body) != 0)
		return -1;
	last = &findings->at[findings->count - 1].finding;
	return acknowledge(hunt,
			   hunt->search->stop_at_first &&
				   last->kind != FINDING_LOCK_ORDER &&
				   !filter_hides(hunt->search->filter, last));
}

/* Takes apart a message about a call. The phrase says where it is, and may be
 * empty. */
static struct unsupported take_call(const struct hunt *hunt,
				    struct reader *reader, char **ret_phrase)
{
	struct unsupported call;
	struct source_place place;

	unsupported_get(reader, &call);
	place = name_of_place(hunt->session->symbols, call.place);
	*ret_phrase = place_phrase(&place);
	source_place_free(&place);
	return call;
}

static int hear_unsupported(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;
	struct reader reader = reader_of(body->data, body->length);
	char *phrase;
	struct unsupported call = take_call(hunt, &reader, &phrase);

	free(hunt->unsupported);
	/* Or what about a function: "pthread_create of a 1024th thread". */
	hunt->unsupported =
		text_format("%s%s, called%s, is not supported", call.function,
			    strchr(call.function, ' ') ? "" : "()",
			    *phrase ? phrase : " by the program");
	hunt->reasons |= REASON_UNSUPPORTED_CALL;
	free(phrase);
	unsupported_fini(&call);
	return reader.failed ? -1 : 0;
}

static int hear_uncontrolled(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;
	struct reader reader = reader_of(body->data, body->length);
	char *phrase;
	struct unsupported call = take_call(hunt, &reader, &phrase);

	if (!reader.failed)
		unseen_call(hunt, &call, phrase);
	/* Rather what may differ from one execution to the next. */
	if (!reader.failed && (!hunt->suspect || !call.is_suspect)) {
		free(hunt->suspect);
		hunt->suspect =
			text_format("%s(), called%s", call.function, phrase);
	}
	free(phrase);
	unsupported_fini(&call);
	return reader.failed ? -1 : 0;
}

static int hear_done(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;
	struct reader reader = reader_of(body->data, body->length);

	done_fini(&hunt->done);
	done_get(&reader, &hunt->done);
	if (reader.failed)
		return -1;
	found_tally(&hunt->found, &hunt->done);
	/* An old prefix did not do the same again: something in the program
	 * is not under control. */
	if (hunt->done.diverged)
		hunt->reasons |= REASON_UNCONTROLLED_CALL;
	hunt->is_done = true;
	hunt->is_over = true;
	return 0;
}

/* A call, or the path of a library, which stands in the place of a name. */
static int hear_beyond(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;
	struct reader reader = reader_of(body->data, body->length);
	struct unsupported what;
	bool is_library;

	unsupported_get(&reader, &what);
	is_library = !reader.failed && strchr(what.function, '/');
	if (is_library)
		unseen_library(hunt, what.function);
	unsupported_fini(&what);
	return is_library ? 0 : hear_uncontrolled(hunt);
}

/* When the rounds begin it may be the set that was there before: what killed
 * the process with that one will do so again. */
static int hear_visible(struct hunt *hunt)
{
	uint32_t version = hunt->found.visible_version;

	hunt_forget_round(hunt);
	if (found_visible(&hunt->found, &hunt->listener.body) != 0)
		return -1;
	if (hunt->found.visible_version != version)
		hunt_forget_fatal(hunt);
	return 0;
}

static int hear_tree(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;
	struct reader reader = reader_of(body->data, body->length);
	struct tree_message message;

	tree_get(&reader, &message);
	if (reader.failed)
		return -1;
	return tree_heard_add(&hunt->tree, &message);
}

static int hear_checkpoint(struct hunt *hunt)
{
	const struct buffer *body = &hunt->listener.body;

	buffer_clear(&hunt->checkpoint);
	buffer_put(&hunt->checkpoint, body->data, body->length);
	return 0;
}

int hunt_hear(struct hunt *hunt)
{
	switch (hunt->listener.type) {
	case MESSAGE_VISIBLE:
		return hear_visible(hunt);
	case MESSAGE_LEARNED:
		return found_learned(&hunt->found, &hunt->listener.body);
	case MESSAGE_OUTCOME:
		return hear_outcome(hunt);
	case MESSAGE_FINDING:
		return hear_finding(hunt);
	case MESSAGE_CHECKPOINT:
		return hear_checkpoint(hunt);
	case MESSAGE_UNSUPPORTED:
		return hear_unsupported(hunt);
	case MESSAGE_UNCONTROLLED:
		return hear_beyond(hunt);
	case MESSAGE_DONE:
		return hear_done(hunt);
	case MESSAGE_TREE:
		return hear_tree(hunt);
	case MESSAGE_TURN:
		hunt->is_waiting = hunt->turn_end > 0;
		return hunt->is_waiting ? 0 : -1;
	case MESSAGE_HELLO:
	case MESSAGE_JOB:
	case MESSAGE_ACK:
	case MESSAGE_STEP:
		break;
	}
	return -1;
}
