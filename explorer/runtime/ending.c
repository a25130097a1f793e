/*
 * Operations that end the process. See ending.h.
 */
#include "runtime/ending.h"

#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/system_call.h"
#include "channel/shared.h"
#include "runtime/announce.h"
#include "runtime/call_chain.h"
#include "runtime/memory.h"

#define HANDLER_STACK_BYTES ((size_t)256 << 10)

/* A signal handler has no parameter for it. */
static struct runtime *faulting;

ON_FIBER static _Noreturn void announce(struct runtime *runtime,
					const struct operation *operation)
{
	memory_read_watched(runtime);
	runtime_announce(runtime, operation);
	__builtin_unreachable();
}

ON_FIBER static _Noreturn void end(struct runtime *runtime, enum op op,
				   int32_t detail, uintptr_t place)
{
	announce(runtime, &(struct operation){.op = (uint8_t)op,
					      .order = ORDER_PLAIN,
					      .detail = detail,
					      .place = place});
}

ON_FIBER _Noreturn void ending_exit(struct runtime *runtime, int status,
				    uintptr_t place)
{
	end(runtime, OP_EXIT, status & 0xff, place);
}

ON_FIBER _Noreturn void ending_abort(struct runtime *runtime, uintptr_t place)
{
	runtime->current->failure = (struct failure){0};
	end(runtime, OP_ABORT, SIGABRT, place);
}

ON_FIBER _Noreturn void ending_signal(struct runtime *runtime, int number,
				      uintptr_t place)
{
	announce(runtime, &(struct operation){.op = OP_CRASH,
					      .order = ORDER_PLAIN,
					      .address = ENDING_NO_ADDRESS,
					      .detail = number,
					      .place = place});
}

ON_FIBER _Noreturn void ending_assertion(struct runtime *runtime,
					 const struct failure *failure,
					 uintptr_t place)
{
	runtime->current->failure = *failure;
	end(runtime, OP_ASSERT, SIGABRT, place);
}

ON_FIBER _Noreturn void ending_misuse(struct runtime *runtime, uintptr_t place)
{
	end(runtime, OP_MISUSE, 0, place);
}

ON_FIBER _Noreturn void ending_uncaught(struct runtime *runtime)
{
	struct thread *thread = runtime->current;

	thread->failure = (struct failure){.expression = thread->thrown};
	end(runtime, OP_ABORT, SIGABRT, thread->thrown_at);
}

static uintptr_t interrupted_place(const void *context)
{
	const ucontext_t *interrupted = context;

#if defined(__x86_64__)
	return (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	return (uintptr_t)interrupted->uc_mcontext.pc;
#else
	(void)interrupted;
	return 0;
#endif
}

/* The word at the top of the interrupted stack: where a call of a null pointer
 * came from. */
static uintptr_t interrupted_caller(const struct runtime *runtime,
				    const void *context)
{
#if defined(__x86_64__)
	const ucontext_t *interrupted = context;
	uintptr_t sp = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RSP];

	if (stacks_hold(&runtime->world.stacks, sp, sizeof(uintptr_t)))
		return *(const uintptr_t *)sp - 1;
#else
	(void)runtime;
	(void)context;
#endif
	return 0;
}

/* The stack overflowed in a function of ours: in the program's, that is. */
static uintptr_t place_of_overflow(const struct runtime *runtime,
				   uintptr_t place, const void *context)
{
#if defined(__x86_64__)
	const ucontext_t *interrupted = context;

	return call_chain_interrupted(
		runtime, place,
		(uintptr_t)interrupted->uc_mcontext.gregs[REG_RBP]);
#else
	(void)runtime;
	(void)context;
	return place;
#endif
}

static enum op op_of_fault(const struct thread *thread, int signal,
			   uintptr_t address)
{
	if (signal == SIGABRT)
		return OP_ABORT;
	if (signal == SIGSEGV && stacks_slot(address) == thread->slot &&
	    address < stacks_top(thread->slot))
		return OP_OVERFLOW;
	return OP_CRASH;
}

/* Leaves the handler for the scheduler. The kernel goes by the stack pointer
 * to know whether the handler's stack is in use, so nothing else is needed. */
static _Noreturn void park(struct runtime *runtime,
			   const struct operation *operation, int signal)
{
	struct thread *thread = runtime->current;
	const uint64_t set =
		UINT64_C(1) << (signal - 1) | UINT64_C(1) << (HANG_SIGNAL - 1);

	/* As any ending, it reads what is watched; unless the fault was in the
	 * midst of the tables that this would be noted in. */
	if (!runtime->busy)
		memory_read_watched(runtime);
	thread->pending = *operation;
	thread->state = THREAD_PENDING;
	runtime->busy = false;
	/* The process's, not what the program believes to be the thread's. */
	system_call(
		SYS_rt_sigprocmask,
		(uintptr_t[6]){SIG_UNBLOCK, (uintptr_t)&set, 0, sizeof(set)});
	fiber_jump(&runtime->scheduler);
}

/* A fault of our own: let the process die of it, the command sees that. */
static void give_up(int number)
{
	signal(number, SIG_DFL);
}

/* A signal that was sent has a sender and no address; and of an address that
 * none can be, x86-64 does not say which it was. */
static bool has_address(int number, const siginfo_t *info)
{
	return info->si_code > 0 && info->si_code != SI_KERNEL &&
	       number != SIGABRT;
}

static uintptr_t place_of_fault(struct runtime *runtime, const siginfo_t *info,
				const void *context)
{
	uintptr_t place = interrupted_place(context);
	uintptr_t raised_at = runtime->raised_at;

	runtime->raised_at = 0;
	if (info->si_code <= 0 && raised_at)
		return raised_at;
	if (modules_at(&runtime->world.modules, place))
		return place;
	return interrupted_caller(runtime, context);
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	struct runtime *runtime = faulting;
	uintptr_t address = (uintptr_t)info->si_addr;
	uintptr_t place;
	enum op op;

	if (number == SIGSEGV && info->si_code > 0 &&
	    pages_heat(&runtime->world.pages, address))
		return;
	if (!runtime->current) {
		give_up(number);
		return;
	}
	if (!has_address(number, info))
		address = number == SIGABRT ? 0 : ENDING_NO_ADDRESS;
	place = place_of_fault(runtime, info, context);
	op = op_of_fault(runtime->current, number, address);
	if (op == OP_OVERFLOW)
		place = place_of_overflow(runtime, place, context);
	park(runtime,
	     &(struct operation){
		     .op = (uint8_t)op,
		     .order = ORDER_PLAIN,
		     .address = address,
		     .detail = number,
		     .place = place,
	     },
	     number);
}

/* The thread that runs has made no step for long. If it is in our own code it
 * will soon announce a spin or a step, and the flag is seen there. */
static void on_hang(int number, siginfo_t *info, void *context)
{
	struct runtime *runtime = faulting;
	uintptr_t place = interrupted_place(context);
	const struct module *module =
		modules_at(&runtime->world.modules, place);

	(void)info;
	runtime->hang = true;
	if (!runtime->current || runtime->busy || (module && module->own)) {
		runtime->private_left = 1;
		return;
	}
	park(runtime,
	     &(struct operation){
		     .op = OP_SPIN, .order = ORDER_PLAIN, .place = place},
	     number);
}

void ending_catch_faults(struct runtime *runtime)
{
	static const int signals[] = {SIGSEGV, SIGBUS,	SIGFPE,
				      SIGILL,  SIGTRAP, SIGABRT};
	stack_t stack = {.ss_sp = memory_new(HANDLER_STACK_BYTES),
			 .ss_size = HANDLER_STACK_BYTES};
	struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};

	faulting = runtime;
	sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	/* A page being copied is no place to leave a thread at: the next fault
	 * would find this one still being handled, and kill. */
	sigaddset(&action.sa_mask, HANG_SIGNAL);
	action.sa_sigaction = on_fault;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	sigemptyset(&action.sa_mask);
	action.sa_sigaction = on_hang;
	sigaction(HANG_SIGNAL, &action, NULL);
}
