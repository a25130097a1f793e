/*
 * One operation in names (see record.h).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "pool/record.h"

/* "taken" or "busy" ...: 0 is success. */
static char *lock_result(int result, const char *on_success)
{
	const char *error;

	if (result == 0)
		return string_copy(on_success);
	if (result == EBUSY)
		return string_copy("busy");
	error = strerrorname_np(result);
	return error ? string_copy(error) : text_format("%d", result);
}

static char *result_text(const struct event *event)
{
	enum op op = (enum op)event->op;

	if (op == OP_MUTEX_TRYLOCK)
		return lock_result(event->result, "taken");
	if (op == OP_TRYJOIN)
		return lock_result(event->result, "joined");
	if (op == OP_MUTEX_LOCK || op == OP_MUTEX_UNLOCK ||
	    op == OP_MUTEX_INIT || op == OP_MUTEX_DESTROY)
		return lock_result(event->result, NULL);
	if (op == OP_SEM_TRYWAIT)
		return string_copy(event->result == 0 ? "taken" : "none");
	if (op == OP_ATOMIC_COMPARE)
		return string_copy(event->result ? "stored" : "failed");
	return NULL;
}

static char *object_text(struct symbols *symbols, const struct event *event)
{
	char *object = name_of_object(symbols, event->object,
				      bytes_of_object(event->op, event->size));
	char *source = name_of_object(symbols, event->source, event->size);
	char *both;

	if (!object || !source) {
		free(source);
		return object;
	}
	both = text_format("%s from %s", object, source);
	free(object);
	free(source);
	return both;
}

struct step step_named(struct symbols *symbols, const struct event *event)
{
	struct source_place place = name_of_place(symbols, event->place);

	return (struct step){
		.number = event->step,
		.thread = event->thread,
		.alternative = event->alternative,
		.op = (enum op)event->op,
		.order = (enum memory_order_kind)event->order,
		.object = object_text(symbols, event),
		.size = event->size,
		.has_values = event->has_values,
		.before = event->before,
		.after = event->after,
		.result = result_text(event),
		.reads_from = event->reads_from,
		.lost_update = event->lost_update,
		.function = place.function,
		.file = place.file,
		.line = place.line,
	};
}
