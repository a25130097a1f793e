/*
 * explorer/engine/dependence.c
 */
#include "engine/dependence.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#define HERE  ((uintptr_t)1000)
#define THERE ((uintptr_t)2000)

/* What else an operation is on: a copy reads what lies next to its object, and
 * the mutex of a condition is taken to be at the same address, as is the name
 * of a semaphore. */
static uintptr_t source_of(enum op op, uintptr_t address)
{
	if (op == OP_COPY)
		return address + 100;
	return op == OP_COND_WAIT || op == OP_COND_TIMEOUT ||
			       op == OP_COND_SPURIOUS ||
			       op == OP_COND_CANCELLED || op == OP_SEM_CLOSE
		       ? address
		       : 0;
}

/* An operation of that kind on the object at an address. */
static struct operation operation_on(enum op op, uintptr_t address)
{
	return (struct operation){.op = (uint8_t)op,
				  .order = ORDER_PLAIN,
				  .address = address,
				  .source = source_of(op, address),
				  .bytes = 4};
}

static bool conflict(enum op a, uintptr_t a_address, enum op b,
		     uintptr_t b_address)
{
	struct operation first = operation_on(a, a_address);
	struct operation second = operation_on(b, b_address);
	bool answer = operations_conflict(&first, &second);

	cr_assert(eq(int, operations_conflict(&second, &first), answer),
		  "%s and %s", op_name(a), op_name(b));
	return answer;
}

static bool is_against_all(enum op op)
{
	return op_class(op) == OP_CLASS_ENDING || op == OP_ATOMIC_SECTION;
}

/* That a block is freed, or a frame left, and what is done to an object in it:
 * see below. */
static bool is_end_of_object(enum op op, enum op other)
{
	return (op == OP_FREE || op == OP_RETURN) &&
	       op_object(other) != OP_OBJECT_MEMORY && other != OP_FUTEX_WAIT;
}

/* Those that conflict with op on the same object, by name. */
static void expect_partners(enum op op, const char *expected)
{
	char partners[1000] = "";

	for (enum op other = 0; other < OP_COUNT; other++) {
		if (is_against_all(other) || other == OP_AWAIT ||
		    op == OP_AWAIT || is_end_of_object(op, other) ||
		    is_end_of_object(other, op) ||
		    !conflict(op, HERE, other, HERE))
			continue;
		strcat(partners, op_name(other));
		strcat(partners, " ");
	}
	cr_assert(eq(str, partners, (char *)expected), "%s", op_name(op));
}

#define MEMORY_WRITES                                                          \
	"write copy atomic-store atomic-update "                               \
	"atomic-compare-exchange free return "
#define MEMORY                                                                 \
	"read write copy atomic-load atomic-store atomic-update "              \
	"atomic-compare-exchange free return "
#define MUTEX_ALONE                                                            \
	"mutex-init mutex-destroy lock timed-lock lock-timeout "               \
	"lock-cancelled trylock unlock mutex-consistent mutex-abandon "
#define MUTEX                                                                  \
	MUTEX_ALONE "cond-wait reacquire cond-timeout cond-spurious "          \
		    "cond-cancelled "
#define CONDITION                                                              \
	"cond-init cond-destroy cond-drain cond-wait cond-timeout "            \
	"cond-spurious cond-cancelled signal broadcast "
#define MUTEX_AND_CONDITION                                                    \
	MUTEX_ALONE                                                            \
	"cond-init cond-destroy cond-drain cond-wait reacquire cond-timeout "  \
	"cond-spurious cond-cancelled signal broadcast "
#define THREAD                                                                 \
	"end tryjoin timedjoin join-timeout join-wait join-cancelled cancel "  \
	"testcancel "                                                          \
	"kill thread-get "                                                     \
	"thread-set watch exit-handler "
#define RWLOCK                                                                 \
	"rwlock-init rwlock-destroy rdlock timed-rdlock rdlock-timeout "       \
	"rdlock-cancelled tryrdlock wrlock-queue wrlock timed-wrlock "         \
	"wrlock-timeout wrlock-cancelled trywrlock rdunlock wrunlock "
#define SPIN_LOCK                                                              \
	"spin-init spin-destroy spin-lock spin-lock-wait "                     \
	"spin-lock-cancelled spin-trylock spin-unlock "
#define SEMAPHORE                                                              \
	"sem-init sem-destroy sem-wait sem-timedwait sem-timeout "             \
	"sem-cancelled sem-trywait sem-post sem-getvalue sem-close "
#define FUTEX "futex-wait futex-timeout futex-spurious futex-wake "
#define NAME  "sem-close sem-open sem-find sem-unlink "

/* Every kind is here: a new one fails to compile. */
static const char *partners_of(enum op op)
{
	switch (op) {
	case OP_READ:
	case OP_ATOMIC_LOAD:
		return MEMORY_WRITES;
	case OP_WRITE:
	case OP_COPY:
	case OP_ATOMIC_STORE:
	case OP_ATOMIC_UPDATE:
	case OP_ATOMIC_COMPARE:
	case OP_FREE:
	case OP_RETURN:
		return MEMORY "futex-wait ";
	case OP_MUTEX_INIT:
	case OP_MUTEX_DESTROY:
	case OP_MUTEX_LOCK:
	case OP_MUTEX_TRYLOCK:
	case OP_MUTEX_UNLOCK:
	case OP_MUTEX_CONSISTENT:
	case OP_MUTEX_ABANDON:
	case OP_COND_REACQUIRE:
	case OP_MUTEX_TIMEDLOCK:
	case OP_MUTEX_CANCELLED:
		return MUTEX;
	case OP_MUTEX_TIMEOUT:
		return MUTEX "clock ";
	case OP_COND_INIT:
	case OP_COND_DESTROY:
	case OP_COND_DRAIN:
	case OP_COND_SIGNAL:
	case OP_COND_BROADCAST:
		return CONDITION;
	case OP_COND_WAIT:
	case OP_COND_CANCELLED:
		return MUTEX_AND_CONDITION;
	case OP_COND_SPURIOUS:
		return MUTEX_AND_CONDITION "futex-spurious ";
	case OP_COND_TIMEOUT:
		return MUTEX_AND_CONDITION "clock ";
	case OP_SEM_INIT:
	case OP_SEM_DESTROY:
	case OP_SEM_WAIT:
	case OP_SEM_TRYWAIT:
	case OP_SEM_POST:
	case OP_SEM_TIMEDWAIT:
	case OP_SEM_CANCELLED:
		return SEMAPHORE;
	case OP_SEM_TIMEOUT:
		return SEMAPHORE "clock ";
	case OP_SEM_GETVALUE:
		return "sem-init sem-destroy sem-wait sem-timedwait "
		       "sem-timeout sem-cancelled sem-trywait sem-post "
		       "sem-close ";
	case OP_SEM_CLOSE:
		return SEMAPHORE "sem-open sem-find sem-unlink ";
	case OP_SEM_OPEN:
	case OP_SEM_UNLINK:
		return NAME;
	case OP_SEM_FIND:
		return "sem-close sem-open sem-unlink ";
	case OP_FUTEX_WAIT:
		return MEMORY_WRITES FUTEX;
	case OP_FUTEX_TIMEOUT:
		return FUTEX "clock ";
	case OP_FUTEX_SPURIOUS:
		return "cond-spurious " FUTEX;
	case OP_FUTEX_WAKE:
		return FUTEX;
	case OP_FUTEX_AWAKE:
		return "";
	case OP_BARRIER_INIT:
	case OP_BARRIER_DESTROY:
	case OP_BARRIER_ARRIVE:
		return "barrier-init barrier-destroy barrier-arrive ";
	case OP_BARRIER_LEAVE:
		return "";
	case OP_RWLOCK_INIT:
	case OP_RWLOCK_DESTROY:
	case OP_RWLOCK_RDLOCK:
	case OP_RWLOCK_TIMEDRDLOCK:
	case OP_RWLOCK_TIMEDWRLOCK:
	case OP_RWLOCK_RDCANCELLED:
	case OP_RWLOCK_WRCANCELLED:
	case OP_RWLOCK_TRYRDLOCK:
	case OP_RWLOCK_QUEUE:
	case OP_RWLOCK_WRLOCK:
	case OP_RWLOCK_TRYWRLOCK:
	case OP_RWLOCK_RDUNLOCK:
	case OP_RWLOCK_WRUNLOCK:
		return RWLOCK;
	case OP_RWLOCK_RDTIMEOUT:
	case OP_RWLOCK_WRTIMEOUT:
		return RWLOCK "clock ";
	case OP_SPIN_LOCK_INIT:
	case OP_SPIN_LOCK_DESTROY:
	case OP_SPIN_LOCK:
	case OP_SPIN_LOCK_WAIT:
	case OP_SPIN_CANCELLED:
	case OP_SPIN_TRYLOCK:
	case OP_SPIN_UNLOCK:
		return SPIN_LOCK;
	case OP_ONCE_BEGIN:
	case OP_ONCE_END:
		return "once-begin once-end ";
	case OP_CHOOSE:
		return "";
	case OP_OUTPUT:
		return "output ";
	case OP_RANDOM:
		return "random ";
	case OP_CLOCK:
		return "lock-timeout rdlock-timeout wrlock-timeout sem-timeout "
		       "cond-timeout futex-timeout clock clock-sleep "
		       "join-timeout ";
	case OP_CLOCK_SLEEP:
		return "clock ";
	case OP_KEY_CREATE:
		return "key-create key-delete key-get key-set ";
	case OP_KEY_DELETE:
		return "key-create key-delete key-get key-set ";
	case OP_KEY_GET:
	case OP_KEY_SET:
		return "key-create key-delete ";
	case OP_END:
	case OP_TRYJOIN:
	case OP_THREAD_SET:
	case OP_WATCH:
	case OP_EXIT_HANDLER:
	case OP_JOIN_WAIT:
	case OP_TIMEDJOIN:
	case OP_JOIN_CANCELLED:
	case OP_CANCEL:
		return THREAD;
	case OP_JOIN_TIMEOUT:
		return "clock " THREAD;
	case OP_KILL:
	case OP_THREAD_GET:
	case OP_TESTCANCEL:
		return "end tryjoin timedjoin join-timeout join-wait "
		       "join-cancelled cancel "
		       "thread-set watch exit-handler ";
	case OP_SPIN:
	case OP_AWAIT: /* of nothing: see tests/engine/spin.c */
	case OP_CREATE:
	case OP_JOIN:
	case OP_DETACH:
	case OP_START:
	case OP_YIELD:
	case OP_SLEEP:
		return "";
	case OP_EXIT:
	case OP_ABORT:
	case OP_ASSERT:
	case OP_CRASH:
	case OP_OVERFLOW:
	case OP_MISUSE:
	case OP_UNSUPPORTED:
	case OP_DROP:
	case OP_ATOMIC_SECTION:
	case OP_COUNT:
		break;
	}
	return NULL;
}

Test(dependence, each_kind_conflicts_with_these_on_the_same_object)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		if (!is_against_all(op))
			expect_partners(op, partners_of(op));
}

static void expect_ends_what_lies_in_it(enum op end)
{
	static const enum op known[] = {
		OP_MUTEX_UNLOCK, OP_RWLOCK_RDLOCK, OP_SPIN_UNLOCK,
		OP_SEM_POST,	 OP_COND_SIGNAL,   OP_BARRIER_ARRIVE,
		OP_ONCE_END,	 OP_COND_WAIT,	   OP_FUTEX_WAKE,
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		cr_expect(conflict(end, HERE, known[i], HERE), "%s",
			  op_name(known[i]));
		cr_expect(conflict(end, HERE, known[i], HERE + 3), "%s",
			  op_name(known[i]));
		cr_expect(not(conflict(end, HERE, known[i], HERE + 4)), "%s",
			  op_name(known[i]));
		cr_expect(not(conflict(end, HERE, known[i], HERE - 1)), "%s",
			  op_name(known[i]));
	}
	/* Who leaves a barrier does not touch it. */
	cr_expect(not(conflict(end, HERE, OP_BARRIER_LEAVE, HERE)));
}

Test(dependence, freeing_conflicts_with_what_is_done_in_the_block)
{
	expect_ends_what_lies_in_it(OP_FREE);
}

Test(dependence, returning_conflicts_with_what_is_done_in_the_frame)
{
	expect_ends_what_lies_in_it(OP_RETURN);
}

Test(dependence, ends_and_atomic_sections_conflict_with_everything)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		for (enum op other = 0; other < OP_COUNT; other++)
			if (is_against_all(op) && other != OP_CHOOSE)
				cr_assert(conflict(op, HERE, other, THERE),
					  "%s and %s", op_name(op),
					  op_name(other));
}

Test(dependence, nobody_waits_for_what_a_thread_chooses)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		if (op != OP_AWAIT)
			cr_assert(not(conflict(op, HERE, OP_CHOOSE, THERE)),
				  "%s", op_name(op));
}

Test(dependence, an_unknown_kind_conflicts_with_everything)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		if (op != OP_CHOOSE)
			cr_assert(conflict(OP_COUNT, HERE, op, THERE));
}

/* Or is on more than what its address says. */
static bool has_no_address(enum op op)
{
	return op == OP_OUTPUT || op == OP_RANDOM || op == OP_CLOCK ||
	       op == OP_CLOCK_SLEEP || op == OP_COND_SPURIOUS ||
	       op == OP_FUTEX_SPURIOUS || op == OP_KEY_CREATE ||
	       op == OP_KEY_DELETE;
}

Test(dependence, other_objects_do_not_conflict)
{
	for (enum op op = 0; op < OP_COUNT; op++)
		for (enum op other = 0; other < OP_COUNT; other++)
			if (op_class(op) == OP_CLASS_VISIBLE &&
			    op_class(other) == OP_CLASS_VISIBLE &&
			    !is_against_all(op) && !is_against_all(other) &&
			    !has_no_address(op) && !has_no_address(other))
				cr_assert(not(conflict(op, HERE, other, THERE)),
					  "%s and %s", op_name(op),
					  op_name(other));
}

/* Standard output and error are captured in order. */
Test(dependence, all_output_is_one_text)
{
	struct operation out = {.op = OP_OUTPUT, .detail = 1};
	struct operation error = {.op = OP_OUTPUT, .detail = 2};

	cr_assert(operations_conflict(&out, &error));
}

static bool ranges_conflict(enum op a, uintptr_t a_start, uint64_t a_bytes,
			    uintptr_t b_start, uint64_t b_bytes)
{
	struct operation first = operation_on(a, a_start);
	struct operation second = operation_on(OP_WRITE, b_start);
	bool answer;

	first.bytes = a_bytes;
	second.bytes = b_bytes;
	answer = accesses_conflict(&first, &second);
	cr_assert(eq(int, accesses_conflict(&second, &first), answer));
	return answer;
}

Test(dependence, accesses_go_by_the_byte)
{
	cr_assert(not(ranges_conflict(OP_READ, 100, 4, 104, 4)));
	cr_assert(ranges_conflict(OP_READ, 100, 5, 104, 4));
	cr_assert(ranges_conflict(OP_READ, 104, 1, 100, 8));
	cr_assert(not(ranges_conflict(OP_READ, 108, 1, 100, 8)));
	cr_assert(ranges_conflict(OP_WRITE, 0, 1000, 999, 1));
}

Test(dependence, a_copy_reads_its_source_and_writes_its_destination)
{
	struct operation copy = {
		.op = OP_COPY, .address = 100, .source = 200, .bytes = 8};
	struct operation back = {
		.op = OP_COPY, .address = 300, .source = 104, .bytes = 8};
	struct operation beside = {
		.op = OP_COPY, .address = 300, .source = 200, .bytes = 8};
	struct operation read_source = {
		.op = OP_READ, .address = 204, .bytes = 1};
	struct operation write_source = {
		.op = OP_WRITE, .address = 207, .bytes = 1};
	struct operation read_destination = {
		.op = OP_READ, .address = 107, .bytes = 1};

	cr_assert(not(accesses_conflict(&copy, &read_source)));
	cr_assert(not(accesses_conflict(&read_source, &copy)));
	cr_assert(accesses_conflict(&copy, &write_source));
	cr_assert(accesses_conflict(&write_source, &copy));
	cr_assert(accesses_conflict(&copy, &read_destination));
	cr_assert(accesses_conflict(&copy, &back));
	cr_assert(accesses_conflict(&back, &copy));
	cr_assert(not(accesses_conflict(&copy, &beside)));
}

Test(dependence, kinds_are_accesses_where_their_object_is_memory)
{
	for (enum op op = 0; op < OP_COUNT; op++) {
		struct operation operation = operation_on(op, HERE);

		/* Who returns neither reads nor writes what is there. */
		cr_assert(eq(int, operation_is_access(&operation),
			     op_object(op) == OP_OBJECT_MEMORY &&
				     op != OP_RETURN),
			  "%s", op_name(op));
	}
}

Test(dependence, what_reads_and_what_writes)
{
	static const struct {
		enum op op;
		bool reads;
		bool writes;
		bool atomic;
	} known[] = {
		{OP_READ, true, false, false},
		{OP_WRITE, false, true, false},
		{OP_COPY, false, true, false},
		{OP_FREE, false, true, false},
		{OP_RETURN, false, true, false},
		{OP_ATOMIC_LOAD, true, false, true},
		{OP_ATOMIC_STORE, false, true, true},
		{OP_ATOMIC_UPDATE, true, true, true},
		{OP_ATOMIC_COMPARE, true, true, true},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct operation operation = operation_on(known[i].op, HERE);

		cr_assert(
			eq(int, operation_is_read(&operation), known[i].reads));
		cr_assert(eq(int, operation_is_write(&operation),
			     known[i].writes));
		cr_assert(eq(int, operation_is_atomic(&operation),
			     known[i].atomic));
	}
}
