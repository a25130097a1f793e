/* See machine.h. */
#include "oracle/machine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void machine_clock_join(struct machine_clock *clock,
			const struct machine_clock *other)
{
	for (unsigned t = 0; t < MACHINE_THREADS; t++)
		if (clock->at[t] < other->at[t])
			clock->at[t] = other->at[t];
}

static void known_join(struct machine_known *known,
		       const struct machine_known *other)
{
	machine_clock_join(&known->created, &other->created);
	machine_clock_join(&known->before, &other->before);
	machine_clock_join(&known->synchronised, &other->synchronised);
}

static const struct small_thread *script_of(const struct machine *machine,
					    unsigned t)
{
	return t == MACHINE_MAIN ? machine->main
				 : &machine->program->threads[t];
}

static const struct small_operation *operation_at(const struct machine *machine,
						  unsigned t)
{
	const struct small_thread *script = script_of(machine, t);

	return machine->threads[t].pc < script->length
		       ? &script->at[machine->threads[t].pc]
		       : NULL;
}

const struct small_operation *machine_pending(const struct machine *machine,
					      unsigned t)
{
	return machine->threads[t].life == MACHINE_RUNS
		       ? operation_at(machine, t)
		       : NULL;
}

/* --- What is possible */

static uint32_t cancel_bit(unsigned t)
{
	return 1U << (SMALL_VARIABLES + t);
}

bool machine_is_cancellable(const struct machine *machine, unsigned t)
{
	return (machine->visible & cancel_bit(t)) != 0;
}

static bool is_free(const struct machine *machine, unsigned mutex, unsigned t)
{
	if (mutex == SMALL_RWLOCK && machine->readers != 0)
		return false;
	return machine->owner[mutex] == MACHINE_NOBODY ||
	       (mutex == SMALL_RECURSIVE && machine->owner[mutex] == (int)t);
}

static bool waits_for_signal(const struct machine *machine, unsigned t)
{
	return machine->threads[t].life == MACHINE_RUNS &&
	       machine->threads[t].phase == MACHINE_REACQUIRE &&
	       machine->threads[t].signalled == 0;
}

static unsigned waiters(const struct machine *machine)
{
	unsigned count = 0;

	for (unsigned t = 0; t < machine->program->count; t++)
		count += waits_for_signal(machine, t);
	return count;
}

/* Whether what it is at can be done, and be what it is meant for. */
static bool is_given(const struct machine *machine, unsigned t)
{
	const struct machine_thread *thread = &machine->threads[t];
	const struct small_operation *operation = machine_pending(machine, t);

	if (thread->phase == MACHINE_REACQUIRE)
		return thread->signalled &&
		       is_free(machine, operation->mutex, t);
	if (thread->phase == MACHINE_LEAVE)
		return thread->generation != machine->generation;
	if (thread->phase == MACHINE_WAITS)
		return machine->semaphore > 0;
	if (thread->phase == MACHINE_SLEEPS)
		return thread->woken;
	if (thread->phase != MACHINE_OPERATION)
		return true;
	if (operation->kind == SMALL_LOCK)
		return is_free(machine, operation->object, t);
	if (operation->kind == SMALL_RDLOCK)
		return machine->owner[SMALL_RWLOCK] == MACHINE_NOBODY;
	if (operation->kind == SMALL_ONCE)
		return machine->once == MACHINE_NOBODY;
	if (operation->kind == SMALL_SEM_WAIT)
		return machine->semaphore > 0 ||
		       machine_is_cancellable(machine, t);
	return true;
}

/* A wait for a signal ends by itself where the mutex can be had. */
static bool may_give_up(const struct machine *machine, unsigned t)
{
	if (waits_for_signal(machine, t))
		return is_free(machine, machine_pending(machine, t)->mutex, t);
	return (machine->threads[t].phase == MACHINE_OPERATION ||
		machine->threads[t].phase == MACHINE_WAITS) &&
	       !is_given(machine, t);
}

bool machine_is_withheld(const struct machine *machine, unsigned t)
{
	const struct small_operation *operation = machine_pending(machine, t);

	return operation != NULL && operation->timed &&
	       machine->threads[t].timeouts == machine->timeouts_max &&
	       may_give_up(machine, t);
}

static bool may_be_cancelled(const struct machine *machine, unsigned t)
{
	const struct machine_thread *thread = &machine->threads[t];

	if (!thread->cancelled)
		return false;
	if (thread->phase == MACHINE_REACQUIRE && thread->signalled)
		return is_given(machine, t) && waiters(machine) == 0;
	return thread->phase == MACHINE_WAITS ||
	       (waits_for_signal(machine, t) && may_give_up(machine, t));
}

static bool may_wait(const struct machine *machine, unsigned t, unsigned result)
{
	const struct small_operation *operation = machine_pending(machine, t);

	if (result == MACHINE_GIVEN)
		return is_given(machine, t);
	if (result == MACHINE_TIMED_OUT)
		return operation->timed &&
		       machine->threads[t].timeouts < machine->timeouts_max &&
		       may_give_up(machine, t);
	if (result == MACHINE_CANCELLED)
		return may_be_cancelled(machine, t);
	return result == MACHINE_SPURIOUS && waits_for_signal(machine, t) &&
	       machine->spurious < machine->spurious_max &&
	       may_give_up(machine, t);
}

bool machine_may(const struct machine *machine, unsigned t, unsigned result)
{
	const struct small_operation *operation = machine_pending(machine, t);

	if (operation == NULL)
		return false;
	if (operation->kind == SMALL_SIGNAL)
		return result == 0 || result < waiters(machine);
	if (operation->kind == SMALL_CHOOSE)
		return result < (unsigned)operation->constant;
	return may_wait(machine, t, result);
}

bool machine_chooses(const struct machine *machine, unsigned t)
{
	const struct small_operation *operation = machine_pending(machine, t);

	return operation != NULL && operation->kind == SMALL_CHOOSE;
}

bool machine_is_enabled(const struct machine *machine, unsigned t)
{
	for (unsigned result = 0; result < MACHINE_RESULTS; result++)
		if (machine_may(machine, t, result))
			return true;
	return false;
}

bool machine_is_waiting(const struct machine *machine, unsigned t)
{
	return machine->threads[t].life == MACHINE_JOINS ||
	       (machine_pending(machine, t) != NULL &&
		!machine_is_enabled(machine, t));
}

const struct small_operation *machine_waits_at(const struct machine *machine,
					       unsigned t)
{
	return operation_at(machine, t);
}

static uint32_t set_of(int thread)
{
	return thread == MACHINE_NOBODY ? 0 : 1U << thread;
}

uint32_t machine_holders(const struct machine *machine, unsigned t)
{
	const struct small_operation *operation = operation_at(machine, t);
	const struct machine_thread *thread = &machine->threads[t];

	if (thread->life == MACHINE_JOINS)
		return 1U << operation->object;
	if (thread->phase == MACHINE_REACQUIRE)
		return thread->signalled != 0
			       ? set_of(machine->owner[operation->mutex])
			       : 0;
	if (thread->life != MACHINE_RUNS || operation == NULL)
		return 0;
	if (operation->timed)
		return 0;
	if (operation->kind == SMALL_LOCK &&
	    operation->object == SMALL_RWLOCK && machine->readers != 0)
		return machine->readers;
	if (operation->kind == SMALL_LOCK || operation->kind == SMALL_RDLOCK)
		return set_of(machine->owner[operation->object]);
	if (operation->kind == SMALL_ONCE)
		return set_of(machine->once);
	return 0;
}

/* --- Performing */

static int value_of(const struct machine_thread *thread,
		    const struct small_operation *operation)
{
	if (operation->reg == SMALL_NO_REGISTER)
		return operation->constant;
	return thread->registers[operation->reg] + operation->constant;
}

/* As memset does with each byte. */
static int32_t filled(int value)
{
	int32_t whole;

	memset(&whole, value, sizeof(whole));
	return whole;
}

/* An atomic section may have changed anything. */
static void wake_sleepers(struct machine *machine, uint32_t written)
{
	for (unsigned t = 0; t < machine->program->count; t++) {
		struct machine_thread *thread = &machine->threads[t];

		if (thread->phase == MACHINE_SLEEPS &&
		    (small_operation_reads(operation_at(machine, t)) & written))
			thread->woken = true;
	}
}

static bool access_perform(struct machine *machine, unsigned t,
			   const struct small_operation *operation)
{
	struct machine_thread *thread = &machine->threads[t];
	int32_t *variable = &machine->variables[operation->object];
	bool stores;

	machine->listener->access(machine->listener->context, t,
				  &thread->known.created,
				  small_operation_reads(operation),
				  small_operation_writes(operation));
	wake_sleepers(machine, small_operation_writes(operation));
	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_LOAD:
		thread->registers[operation->reg] = *variable;
		return true;
	case SMALL_WRITE:
	case SMALL_STORE:
		*variable = value_of(thread, operation);
		return true;
	case SMALL_FETCH_ADD:
		*variable += operation->constant;
		return true;
	case SMALL_COMPARE:
		stores = *variable == operation->expected;
		if (stores)
			*variable = operation->constant;
		thread->registers[operation->reg] = stores;
		return stores;
	case SMALL_COPY:
	case SMALL_ASSIGN:
		memmove(variable, &machine->variables[operation->source],
			operation->count * sizeof(*variable));
		return true;
	case SMALL_FILL:
		for (unsigned i = 0; i < operation->count; i++)
			variable[i] = filled(operation->constant);
		return true;
	default:
		abort();
	}
}

#define ALL_VARIABLES ((1U << SMALL_VARIABLES) - 1)

static void perform_section(struct machine *machine, unsigned t,
			    const struct small_operation *section)
{
	wake_sleepers(machine, ALL_VARIABLES);
	for (int i = 0; i < section->constant; i++) {
		machine->threads[t].pc++;
		access_perform(machine, t, machine_pending(machine, t));
	}
}

/* Wakes the n-th waiter, or all. */
static void wake(struct machine *machine, bool all, unsigned n)
{
	unsigned before = 0;

	for (unsigned t = 0; t < machine->program->count; t++)
		if (waits_for_signal(machine, t) && (all || before++ == n))
			machine->threads[t].signalled = machine->steps;
}

static void barrier_arrive(struct machine *machine,
			   struct machine_thread *thread)
{
	thread->phase = MACHINE_LEAVE;
	thread->generation = machine->generation;
	thread->serial =
		++machine->arrived == small_program_parties(machine->program);
	if (thread->serial) {
		machine->arrived = 0;
		machine->generation++;
	}
}

static void print(struct machine *machine, int value)
{
	size_t length = strlen(machine->output);

	snprintf(machine->output + length, sizeof(machine->output) - length,
		 "%d;", value);
	assert(strlen(machine->output) < MACHINE_OUTPUT_MAX - 1);
}

static uint64_t place_of(const struct machine *machine, unsigned t)
{
	return UINT64_C(1) << (t * SMALL_OPERATIONS_MAX +
			       machine->threads[t].pc);
}

static void lock(struct machine *machine, unsigned mutex, unsigned t)
{
	if (machine->owner[mutex] == MACHINE_NOBODY)
		machine->taken_at[mutex] = place_of(machine, t);
	machine->owner[mutex] = (int)t;
	machine->taken += mutex == SMALL_RECURSIVE;
}

static bool trylock(struct machine *machine, unsigned mutex, unsigned t)
{
	if (!is_free(machine, mutex, t))
		return false;
	lock(machine, mutex, t);
	return true;
}

static bool tryrdlock(struct machine *machine, unsigned t)
{
	if (machine->owner[SMALL_RWLOCK] != MACHINE_NOBODY)
		return false;
	assert(!(machine->readers >> t & 1U));
	machine->readers |= 1U << t;
	machine->read_at[t] = place_of(machine, t);
	return true;
}

static bool once_begin(struct machine *machine, unsigned t)
{
	if (machine->once_done)
		return true;
	machine->once = (int)t;
	machine->threads[t].phase = MACHINE_ONCE_PRINT;
	return true;
}

static void unlock(struct machine *machine, unsigned mutex, unsigned t)
{
	if (mutex == SMALL_RWLOCK && machine->readers >> t & 1U) {
		machine->readers &= ~(1U << t);
		return;
	}
	assert(machine->owner[mutex] == (int)t);
	if (mutex == SMALL_RECURSIVE && --machine->taken > 0)
		return;
	machine->owner[mutex] = MACHINE_NOBODY;
}

static bool end(struct machine *machine, enum machine_end how, int status)
{
	machine->end = how;
	machine->status = status;
	return true;
}

/* Notes in the operation's register whether it timed out. */
static void note_time(struct machine_thread *thread,
		      const struct small_operation *operation, unsigned result)
{
	if (!operation->timed)
		return;
	thread->registers[operation->reg] = result == MACHINE_TIMED_OUT;
	thread->timeouts += result == MACHINE_TIMED_OUT;
}

/* It does nothing more. */
static void act(struct machine *machine, unsigned t)
{
	machine->threads[t].phase = MACHINE_OPERATION;
	machine->threads[t].signalled = 0;
	machine->threads[t].pc = script_of(machine, t)->length;
}

static bool wait_cancelled(struct machine *machine, unsigned t,
			   const struct small_operation *operation)
{
	const bool locks = operation->kind == SMALL_WAIT;

	if (locks)
		lock(machine, operation->mutex, t);
	act(machine, t);
	return locks;
}

/* Looks whether it is cancelled, before it waits for the semaphore. */
static bool look(struct machine *machine, unsigned t)
{
	if (machine->threads[t].cancelled)
		act(machine, t);
	else
		machine->threads[t].phase = MACHINE_WAITS;
	return false;
}

static bool take(struct machine *machine, unsigned t,
		 const struct small_operation *operation, unsigned result)
{
	machine->threads[t].phase = MACHINE_OPERATION;
	note_time(&machine->threads[t], operation, result);
	if (result == MACHINE_TIMED_OUT)
		return false;
	machine->semaphore--;
	return true;
}

static void note_look(struct machine *machine, unsigned t)
{
	machine->listener->access(machine->listener->context, t,
				  &machine->threads[t].known.created,
				  cancel_bit(t), 0);
}

/* So often it looks before it sleeps: it is noticed when it is about to do the
 * same again, and then has to be seen to come back to the same state. Once
 * woken it has to look but once. */
#define LOOKS 3U

/* Looks once, or wakes. */
static bool spin(struct machine *machine, unsigned t,
		 const struct small_operation *operation)
{
	struct machine_thread *thread = &machine->threads[t];

	if (thread->phase == MACHINE_SLEEPS) {
		thread->phase = MACHINE_WOKEN;
		thread->woken = false;
		return true;
	}
	machine->listener->access(machine->listener->context, t,
				  &thread->known.created,
				  small_operation_reads(operation), 0);
	if (machine->variables[operation->object] != 0)
		thread->phase = MACHINE_OPERATION;
	else
		thread->phase = ++thread->looks >= LOOKS ? MACHINE_SLEEPS
							 : MACHINE_LOOKS;
	return true;
}

/* What follows the first operation of a wait, a barrier, a once. */
static bool phase_perform(struct machine *machine, unsigned t,
			  const struct small_operation *operation,
			  unsigned result)
{
	struct machine_thread *thread = &machine->threads[t];

	if (thread->phase == MACHINE_ONCE_PRINT) {
		print(machine, 7);
		thread->phase = MACHINE_ONCE_END;
		return true;
	}
	if (thread->phase == MACHINE_ONCE_END) {
		machine->once = MACHINE_NOBODY;
		machine->once_done = true;
	}
	if (thread->phase == MACHINE_REACQUIRE) {
		lock(machine, operation->mutex, t);
		note_time(thread, operation, result);
		machine->spurious += result == MACHINE_SPURIOUS;
	}
	if (operation->kind == SMALL_BARRIER_SERIAL)
		thread->registers[operation->reg] = thread->serial;
	thread->phase = MACHINE_OPERATION;
	thread->signalled = 0;
	return true;
}

bool machine_perform(struct machine *machine, unsigned t, unsigned result)
{
	struct machine_thread *thread = &machine->threads[t];
	const struct small_operation *operation = machine_pending(machine, t);
	bool effect = true;

	machine->steps++;
	if (operation->kind == SMALL_SPIN)
		return spin(machine, t, operation);
	if (result == MACHINE_CANCELLED && operation->kind != SMALL_SIGNAL)
		return wait_cancelled(machine, t, operation);
	if (thread->phase == MACHINE_WAITS)
		return take(machine, t, operation, result);
	if (thread->phase == MACHINE_OPERATION &&
	    operation->kind == SMALL_SEM_WAIT &&
	    machine_is_cancellable(machine, t))
		return look(machine, t);
	if (thread->phase != MACHINE_OPERATION)
		return phase_perform(machine, t, operation, result);
	if (operation->timed && operation->kind != SMALL_WAIT) {
		note_time(thread, operation, result);
		if (result == MACHINE_TIMED_OUT)
			return false;
	}
	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_WRITE:
	case SMALL_FETCH_ADD:
	case SMALL_LOAD:
	case SMALL_STORE:
	case SMALL_COMPARE:
	case SMALL_COPY:
	case SMALL_ASSIGN:
	case SMALL_FILL:
		return access_perform(machine, t, operation);
	case SMALL_LOCK:
		lock(machine, operation->object, t);
		return true;
	case SMALL_UNLOCK:
		unlock(machine, operation->object, t);
		return true;
	case SMALL_TRYLOCK:
		effect = trylock(machine, operation->object, t);
		thread->registers[operation->reg] = effect;
		return effect;
	case SMALL_RDLOCK:
		return tryrdlock(machine, t);
	case SMALL_TRYRDLOCK:
		effect = tryrdlock(machine, t);
		thread->registers[operation->reg] = effect;
		return effect;
	case SMALL_ONCE:
		return once_begin(machine, t);
	case SMALL_WAIT:
		unlock(machine, operation->mutex, t);
		thread->phase = MACHINE_REACQUIRE;
		note_look(machine, t);
		return true;
	case SMALL_SIGNAL:
	case SMALL_BROADCAST:
		wake(machine, operation->kind == SMALL_BROADCAST, result);
		return true;
	case SMALL_SEM_WAIT:
		machine->semaphore--;
		return true;
	case SMALL_SEM_POST:
		machine->semaphore++;
		return true;
	case SMALL_SEM_TRYWAIT:
		effect = machine->semaphore > 0;
		machine->semaphore -= effect;
		thread->registers[operation->reg] = effect;
		return effect;
	case SMALL_SEM_VALUE:
		thread->registers[operation->reg] = machine->semaphore;
		return true;
	case SMALL_BARRIER:
	case SMALL_BARRIER_SERIAL:
		barrier_arrive(machine, thread);
		return true;
	case SMALL_OUTPUT:
	case SMALL_ERROR:
		print(machine, value_of(thread, operation));
		return true;
	case SMALL_CANCEL:
		machine->threads[operation->object].cancelled = true;
		return true;
	case SMALL_TESTCANCEL:
		if (thread->cancelled)
			act(machine, t);
		return true;
	case SMALL_CHOOSE:
		thread->registers[operation->reg] = (int)result;
		return true;
	case SMALL_CLOCK:
		return true;
	case SMALL_SECTION:
		perform_section(machine, t, operation);
		return true;
	case SMALL_EXIT:
		return end(machine, MACHINE_EXITED, operation->constant);
	case SMALL_ABORT:
		return end(machine, MACHINE_ABORTED, 0);
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
	case SMALL_CREATE:
	case SMALL_JOIN:
	case SMALL_DETACH:
	case SMALL_FENCE:
	case SMALL_SPIN:
	case SMALL_KINDS:
		break;
	}
	abort();
}

/* --- Running on */

static void run_private(struct machine *machine, unsigned t);

static void create(struct machine *machine, unsigned t, unsigned child)
{
	struct machine_known *creator = &machine->threads[t].known;
	struct machine_thread *thread = &machine->threads[child];

	assert(thread->life == MACHINE_NOT_CREATED);
	thread->life = MACHINE_RUNS;
	thread->known =
		(struct machine_known){.created = creator->created,
				       .before = creator->before,
				       .synchronised = creator->synchronised};
	thread->known.created.at[child] = 1;
	creator->created.at[t]++;
	run_private(machine, child);
}

/* False if the target has not ended: the thread then waits. */
static bool join(struct machine *machine, unsigned t, unsigned target)
{
	struct machine_thread *thread = &machine->threads[t];

	if (machine->threads[target].life != MACHINE_ENDED) {
		thread->life = MACHINE_JOINS;
		return false;
	}
	thread->life = MACHINE_RUNS;
	known_join(&thread->known, &machine->threads[target].known);
	thread->pc++;
	return true;
}

static void fence(struct machine_known *known, enum small_fence fence)
{
	if (fence != SMALL_FENCE_RELEASE)
		machine_clock_join(&known->synchronised, &known->acquirable);
	if (fence != SMALL_FENCE_ACQUIRE)
		known->released = known->synchronised;
}

static bool is_access(const struct small_operation *operation)
{
	return (small_operation_reads(operation) |
		small_operation_writes(operation)) != 0;
}

static bool is_visible(const struct machine *machine,
		       const struct small_operation *operation)
{
	return ((small_operation_reads(operation) |
		 small_operation_writes(operation)) &
		machine->visible) != 0;
}

static void skip(struct machine_thread *thread,
		 const struct small_operation *operation)
{
	const bool zero = thread->registers[operation->reg] == 0;

	if (zero == (operation->kind == SMALL_SKIP_IF_ZERO))
		thread->pc += (unsigned)operation->constant;
}

/* Does what is not visible; false where the thread stops at the operation. */
static bool do_privately(struct machine *machine, unsigned t,
			 const struct small_operation *operation)
{
	struct machine_thread *thread = &machine->threads[t];

	switch (operation->kind) {
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
		skip(thread, operation);
		break;
	case SMALL_CREATE:
		create(machine, t, operation->object);
		break;
	case SMALL_JOIN:
		return join(machine, t, operation->object);
	case SMALL_DETACH:
		break;
	case SMALL_CANCEL:
		machine->listener->access(machine->listener->context, t,
					  &thread->known.created, 0,
					  cancel_bit(operation->object));
		if (machine_is_cancellable(machine, operation->object))
			return false;
		machine->threads[operation->object].cancelled = true;
		break;
	case SMALL_SEM_WAIT:
	case SMALL_TESTCANCEL:
		note_look(machine, t);
		if (machine_is_cancellable(machine, t))
			return false;
		if (thread->cancelled)
			act(machine, t);
		else if (operation->kind == SMALL_SEM_WAIT)
			return false;
		break;
	case SMALL_SPIN:
		if (is_visible(machine, operation) ||
		    machine->variables[operation->object] == 0)
			return false;
		machine->listener->access(machine->listener->context, t,
					  &thread->known.created,
					  small_operation_reads(operation), 0);
		break;
	case SMALL_FENCE:
		fence(&thread->known, (enum small_fence)operation->object);
		break;
	default:
		if (!is_access(operation) || is_visible(machine, operation))
			return false;
		access_perform(machine, t, operation);
		break;
	}
	thread->pc++;
	return true;
}

static void thread_end(struct machine *machine, unsigned t)
{
	unsigned left = 0;

	machine->threads[t].life = MACHINE_ENDED;
	for (unsigned i = 0; i < SMALL_MUTEXES; i++)
		if (machine->owner[i] == (int)t)
			machine->kept |= machine->taken_at[i];
	if (machine->readers >> t & 1U)
		machine->kept |= machine->read_at[t];
	for (unsigned i = 0; i < MACHINE_THREADS; i++) {
		const struct small_operation *operation =
			operation_at(machine, i);

		if (machine->threads[i].life == MACHINE_JOINS &&
		    operation->object == t) {
			join(machine, i, t);
			run_private(machine, i);
		}
		left += machine->threads[i].life == MACHINE_RUNS ||
			machine->threads[i].life == MACHINE_JOINS;
	}
	if (left == 0 && machine->end == MACHINE_GOES_ON)
		end(machine, MACHINE_EXITED, 0);
}

/* Runs thread t up to its next visible operation. */
static void run_private(struct machine *machine, unsigned t)
{
	const struct small_operation *operation;

	while ((operation = operation_at(machine, t)) != NULL &&
	       do_privately(machine, t, operation))
		;
	if (operation == NULL)
		thread_end(machine, t);
	else if (operation->kind == SMALL_EXIT ||
		 operation->kind == SMALL_ABORT)
		machine->listener->access(machine->listener->context, t,
					  &machine->threads[t].known.created,
					  machine->watched, 0);
}

void machine_run_on(struct machine *machine, unsigned t)
{
	if (machine->end != MACHINE_GOES_ON ||
	    machine->threads[t].phase != MACHINE_OPERATION)
		return;
	machine->threads[t].pc++;
	run_private(machine, t);
}

void machine_begin(struct machine *machine)
{
	memset(machine->threads, 0, sizeof(machine->threads));
	memset(machine->variables, 0, sizeof(machine->variables));
	for (unsigned i = 0; i < SMALL_MUTEXES; i++)
		machine->owner[i] = MACHINE_NOBODY;
	machine->taken = 0;
	machine->readers = 0;
	machine->kept = 0;
	machine->once = MACHINE_NOBODY;
	machine->once_done = false;
	machine->semaphore = 0;
	machine->arrived = 0;
	machine->generation = 0;
	machine->spurious = 0;
	machine->steps = 0;
	machine->end = MACHINE_GOES_ON;
	machine->status = 0;
	machine->output[0] = '\0';
	machine->threads[MACHINE_MAIN].life = MACHINE_RUNS;
	machine->threads[MACHINE_MAIN].known.created.at[MACHINE_MAIN] = 1;
	run_private(machine, MACHINE_MAIN);
}
