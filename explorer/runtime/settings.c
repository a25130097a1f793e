/*
 * What threads are told about themselves. See settings.h.
 */
#include "runtime/settings.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "runtime/announce.h"
#include "runtime/thing.h"
#include "runtime/thread.h"

/* Of no thread: the process's own. */
#define PROCESS_SETTINGS (LAYOUT_SLOTS - 1)

void settings_init(struct thread_settings *settings, const char *name)
{
	size_t length = strlen(name);

	*settings = (struct thread_settings){
		.processors = (1U << SETTINGS_PROCESSORS) - 1,
		.policy = SCHED_OTHER};
	if (length >= sizeof(settings->name))
		length = sizeof(settings->name) - 1;
	memcpy(settings->name, name, length);
}

ON_FIBER static void note(struct runtime *runtime, uint32_t slot, bool change,
			  uintptr_t place)
{
	uintptr_t address = thing_address(THING_SETTINGS, slot);

	if (thing_note(runtime, address, change, place))
		runtime_announce(runtime, &(struct operation){
						  .op = change ? OP_THREAD_SET
							       : OP_THREAD_GET,
						  .order = ORDER_PLAIN,
						  .address = address,
						  .place = place});
}

ON_FIBER struct thread_settings *settings_of(struct runtime *runtime,
					     pthread_t handle, bool change,
					     uintptr_t place)
{
	struct thread *target = thread_find(runtime, handle);

	if (!target || target->joined)
		return NULL;
	note(runtime, target->slot, change, place);
	return &target->settings;
}

ON_FIBER int settings_concurrency(struct runtime *runtime, int level,
				  uintptr_t place)
{
	bool change = level >= 0;

	note(runtime, PROCESS_SETTINGS, change, place);
	if (!change)
		return runtime->state.concurrency;
	runtime->state.concurrency = level;
	return 0;
}

/* As on a machine where the program may ask for any priority. */
int settings_schedule(struct thread_settings *settings, int policy,
		      int priority)
{
	int least = 0;
	int most = 0;

	if (policy == SCHED_FIFO || policy == SCHED_RR) {
		least = 1;
		most = 99;
	} else if (policy != SCHED_OTHER && policy != SCHED_BATCH &&
		   policy != SCHED_IDLE) {
		return EINVAL;
	}
	if (priority < least || priority > most)
		return EINVAL;
	settings->policy = policy;
	settings->priority = priority;
	return 0;
}
