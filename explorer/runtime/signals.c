/*
 * Signals between the program's threads. See signals.h.
 */
#include "runtime/signals.h"

#include <assert.h>
#include <errno.h>
#include <sys/mman.h>

#include "runtime/cancel.h"
#include "runtime/condition.h"
#include "runtime/join.h"
#include "runtime/mutex.h"
#include "runtime/thing.h"
#include "runtime/thread.h"

#define PENDING_MAX 100U
/* From here on, each one that is sent is kept. */
#define FIRST_QUEUED 34

struct pending {
	struct signal_sent signal;
	uint64_t receiver; /* slot + 1; 0: the process */
};

struct signals {
	pthread_mutex_t mutex;
	pthread_cond_t condition;
	/* By their numbers, and then as they were sent. */
	uint64_t count;
	struct pending at[PENDING_MAX];
};
_Static_assert(sizeof(struct signals) <= PAGE_BYTES, "a page is enough");

static struct signals *signals_here(void)
{
	return (struct signals *)LAYOUT_SIGNALS;
}

void signals_init(struct runtime *runtime)
{
	void *at =
		mmap((void *)LAYOUT_SIGNALS, PAGE_BYTES, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	assert(at == (void *)LAYOUT_SIGNALS);
	pages_add(&runtime->world.pages, at, PAGE_BYTES);
}

bool signals_locate(uintptr_t address, struct location *ret_location)
{
	const struct signals *signals = signals_here();

	if (address != (uintptr_t)&signals->mutex &&
	    address != (uintptr_t)&signals->condition)
		return false;
	*ret_location = (struct location){
		.kind = LOCATION_THING,
		.owner = THING_SIGNALS,
		.number = address == (uintptr_t)&signals->mutex
				  ? SIGNALS_QUEUE
				  : SIGNALS_ARRIVAL,
	};
	return true;
}

/* --- The queue, for who has the mutex */

static bool is_for(const struct pending *pending, uint64_t receiver,
		   uint64_t set)
{
	return pending->receiver == receiver &&
	       (SIGNAL_BIT(pending->signal.number) & set);
}

/* The first one of the set; `count` if there is none. */
static uint64_t find(const struct signals *signals, uint64_t receiver,
		     uint64_t set)
{
	uint64_t i = 0;

	while (i < signals->count && !is_for(&signals->at[i], receiver, set))
		i++;
	return i;
}

/* Of most signals one is as good as many. */
static bool put(struct signals *signals, const struct pending *pending)
{
	uint64_t i = signals->count;

	if (pending->signal.number < FIRST_QUEUED &&
	    find(signals, pending->receiver,
		 SIGNAL_BIT(pending->signal.number)) < signals->count)
		return true;
	if (signals->count == PENDING_MAX)
		return false;
	for (;
	     i > 0 && signals->at[i - 1].signal.number > pending->signal.number;
	     i--)
		signals->at[i] = signals->at[i - 1];
	signals->at[i] = *pending;
	signals->count++;
	return true;
}

/* As the kernel does, the thread's own come first. */
static bool take(struct signals *signals, const struct thread *thread,
		 uint64_t set, struct signal_sent *ret_signal)
{
	uint64_t i = find(signals, thread->slot + 1, set);

	if (i == signals->count)
		i = find(signals, 0, set);
	if (i == signals->count)
		return false;
	*ret_signal = signals->at[i].signal;
	signals->count--;
	for (; i < signals->count; i++)
		signals->at[i] = signals->at[i + 1];
	signals->at[i] = (struct pending){0};
	return true;
}

/* --- Operations */

/* A thread that may be cancelled at any time is not while it has the mutex.
 * Returns what is to be given to give_back(). */
ON_FIBER static uint8_t have(struct runtime *runtime, uintptr_t place)
{
	struct thread *thread = runtime->current;
	uint8_t section = thread->section;

	if (section == SECTION_ASYNCHRONOUS)
		thread->section = SECTION_NONE;
	mutex_lock(runtime, &signals_here()->mutex, place);
	return section;
}

ON_FIBER static void give_back(struct runtime *runtime, uint8_t section,
			       uintptr_t place)
{
	mutex_unlock(runtime, &signals_here()->mutex, place);
	runtime->current->section = section;
}

/* The running thread is to look at which signals the others block. */
ON_FIBER static void look_at_masks(struct runtime *runtime, uintptr_t place)
{
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (thread != runtime->current)
		thing_note(runtime, thing_address(THING_MASK, thread->slot),
			   false, place);
}

/* Whoever waits for a signal gets it so, if it is blocked or not. */
static bool blocks(const struct thread *thread, int number)
{
	return (thread->settings.blocked | thread->settings.awaited) &
	       SIGNAL_BIT(number);
}

/* Whether another thread is there, and does not block the signal. Who has ended
 * does not get it. */
ON_FIBER static bool another_gets(struct runtime *runtime, int number,
				  uintptr_t place)
{
	for (uint32_t i = 0; i < runtime->state.count; i++) {
		const struct thread *thread = &runtime->state.threads[i];

		if (thread != runtime->current && !blocks(thread, number) &&
		    join_is_going_on(runtime, thread, place))
			return true;
	}
	return false;
}

ON_FIBER static enum signal_fate fate_of(struct runtime *runtime,
					 const struct signal_sent *signal,
					 const struct thread *target,
					 uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct signals *signals = signals_here();
	const struct pending pending = {
		.signal = *signal,
		.receiver = target ? target->slot + 1 : 0,
	};

	if (target && target != thread &&
	    !join_is_going_on(runtime, target, place))
		return SIGNAL_KEPT;
	if (target ? !blocks(target, signal->number)
		   : another_gets(runtime, signal->number, place))
		return SIGNAL_OTHER;
	if (!put(signals, &pending))
		return SIGNAL_FULL;
	condition_broadcast(runtime, &signals->condition, place);
	return SIGNAL_KEPT;
}

ON_FIBER enum signal_fate signals_send(struct runtime *runtime,
				       const struct signal_sent *signal,
				       const struct thread *target,
				       uintptr_t place)
{
	const struct thread *thread = runtime->current;
	enum signal_fate fate;
	uint8_t section;

	if ((!target || target == thread) && !blocks(thread, signal->number))
		return SIGNAL_OWN;
	look_at_masks(runtime, place);
	section = have(runtime, place);
	fate = fate_of(runtime, signal, target, place);
	give_back(runtime, section, place);
	return fate;
}

ON_FIBER int signals_wait(struct runtime *runtime, uint64_t set,
			  const struct deadline *deadline,
			  struct signal_sent *ret_signal, uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct signals *signals = signals_here();
	uint8_t section;
	bool taken;

	cancel_point(runtime, place);
	look_at_masks(runtime, place);
	section = have(runtime, place);
	thread->settings.awaited = set;
	taken = take(signals, thread, set, ret_signal);
	while (!taken && deadline->ns > thread->now) {
		condition_wait_until(runtime, &signals->condition,
				     &signals->mutex, deadline, place);
		taken = take(signals, thread, set, ret_signal);
	}
	thread->settings.awaited = 0;
	give_back(runtime, section, place);
	return taken ? 0 : EAGAIN;
}

ON_FIBER void signals_leave(struct runtime *runtime, pthread_mutex_t *mutex,
			    uintptr_t place)
{
	if (mutex != &signals_here()->mutex)
		return;
	runtime->current->settings.awaited = 0;
	mutex_unlock(runtime, mutex, place);
}

ON_FIBER uint64_t signals_pending(struct runtime *runtime, uintptr_t place)
{
	const uint64_t own = runtime->current->slot + 1;
	const struct signals *signals = signals_here();
	uint64_t set = 0;
	uint8_t section;

	section = have(runtime, place);
	for (uint64_t i = 0; i < signals->count; i++)
		if (signals->at[i].receiver == own ||
		    signals->at[i].receiver == 0)
			set |= SIGNAL_BIT(signals->at[i].signal.number);
	give_back(runtime, section, place);
	return set;
}

ON_FIBER int signals_block(struct runtime *runtime, uint64_t set,
			   uintptr_t place)
{
	struct thread *thread = runtime->current;
	struct signal_sent taken = {.number = 0};
	bool shared = thing_note(
		runtime, thing_address(THING_MASK, thread->slot), true, place);
	uint8_t section = shared ? have(runtime, place) : 0;

	thread->settings.blocked = set;
	runtime_note_private(runtime);
	take(signals_here(), thread, ~set, &taken);
	if (shared)
		give_back(runtime, section, place);
	return taken.number;
}
