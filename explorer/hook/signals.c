/*
 * Signals. Those between the program's threads are controlled, as long as
 * somebody waits for them, or they end the process, or nobody cares
 * (runtime/signals.h). A handler runs when the system wants it to: to install
 * one is noted.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/announce.h"
#include "runtime/ending.h"
#include "runtime/join.h"
#include "runtime/signals.h"
#include "runtime/thread.h"

static bool is_explored(void)
{
	return hook_runtime && hook_runtime->current;
}

/* --- Handlers */

/* Ours, as long as a search goes on. */
static bool is_fault(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE ||
	       number == SIGILL || number == SIGTRAP || number == SIGABRT;
}

/* To ignore a signal is harmless. A handler runs when the system wants it to.
 * Returns whether the call is to be passed on. */
static bool may_handle(const char *function, int number, bool has_handler,
		       uintptr_t place)
{
	if (!is_explored())
		return true;
	if (has_handler)
		hook_note(function, place);
	return !is_fault(number);
}

EXPORT sighandler_t signal(int number, sighandler_t handler)
{
	bool has_handler = handler != SIG_IGN && handler != SIG_DFL;

	return may_handle("signal", number, has_handler, PLACE)
		       ? REAL(signal)(number, handler)
		       : SIG_DFL;
}

EXPORT int sigaction(int number, const struct sigaction *restrict action,
		     struct sigaction *restrict ret_previous)
{
	bool has_handler = action && action->sa_handler != SIG_IGN &&
			   action->sa_handler != SIG_DFL;

	return may_handle("sigaction", number, has_handler, PLACE)
		       ? REAL(sigaction)(number, action, ret_previous)
		       : 0;
}

/* --- Sending */

enum disposition { ENDS, HANDLED, IGNORED, STOPS };

static enum disposition disposition_of(int number)
{
	struct sigaction action;

	if (is_fault(number) || REAL(sigaction)(number, NULL, &action) != 0)
		return ENDS;
	if (action.sa_handler == SIG_IGN)
		return IGNORED;
	if (action.sa_handler != SIG_DFL)
		return HANDLED;
	switch (number) {
	case SIGCHLD:
	case SIGCONT:
	case SIGURG:
	case SIGWINCH:
		return IGNORED;
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return STOPS;
	default:
		return ENDS;
	}
}

/* A signal for the running thread, which does not block it. A fault that it
 * stands for is told of there; who kills the process kills it. Returns 0, or -1
 * with errno. */
static int act(int number, uintptr_t place)
{
	int result;

	if (is_explored() && !is_fault(number) && number != SIGKILL &&
	    disposition_of(number) == ENDS)
		ending_signal(hook_runtime, number, place);
	if (hook_runtime)
		hook_runtime->raised_at = place;
	result = REAL(raise)(number);
	if (hook_runtime)
		hook_runtime->raised_at = 0;
	return result;
}

/* A signal that another thread gets: if it ends the process it is all the same
 * whose it is. */
static int act_elsewhere(const char *function, int number, uintptr_t place)
{
	switch (disposition_of(number)) {
	case IGNORED:
		return 0;
	case ENDS:
		return act(number, place);
	case HANDLED:
	case STOPS:
		break;
	}
	runtime_refuse(hook_runtime, function, place);
}

#define TO_ANOTHER(function) function " with a signal that another thread gets"

/* Sends a signal to a thread, or to the process if that is NULL. `refused` is
 * what to say if there is no going on. Returns an error number. */
static int send_signal(const struct signal_sent *signal,
		       const struct thread *target, const char *refused,
		       uintptr_t place)
{
	switch (signals_send(hook_runtime, signal, target, place)) {
	case SIGNAL_KEPT:
		return 0;
	case SIGNAL_FULL:
		return EAGAIN;
	case SIGNAL_OWN:
		return act(signal->number, place) == 0 ? 0 : errno;
	case SIGNAL_OTHER:
		return act_elsewhere(refused, signal->number, place) == 0
			       ? 0
			       : errno;
	}
	return 0;
}

static int answer(int error)
{
	if (!error)
		return 0;
	errno = error;
	return -1;
}

static bool is_signal(int number)
{
	return number > 0 && number <= SIGRTMAX;
}

EXPORT int raise(int number)
{
	const struct signal_sent signal = {.number = number, .code = SI_USER};

	if (!is_explored())
		return act(number, PLACE);
	if (!is_signal(number))
		return answer(number == 0 ? 0 : EINVAL);
	return answer(send_signal(&signal, hook_runtime->current,
				  "raise of a signal", PLACE));
}

/* For other processes, and groups of them, it is passed on. */
EXPORT int kill(pid_t process, int number)
{
	const struct signal_sent signal = {.number = number, .code = SI_USER};

	if (!is_explored() || process != REAL(getpid)()) {
		hook_note("kill", PLACE);
		return REAL(kill)(process, number);
	}
	if (!is_signal(number))
		return answer(number == 0 ? 0 : EINVAL);
	return answer(send_signal(&signal, NULL, TO_ANOTHER("kill"), PLACE));
}

EXPORT int sigqueue(pid_t process, int number, const union sigval value)
{
	const struct signal_sent signal = {
		.number = number, .code = SI_QUEUE, .value = value};

	if (!is_explored() || process != REAL(getpid)()) {
		hook_note("sigqueue", PLACE);
		return REAL(sigqueue)(process, number, value);
	}
	if (!is_signal(number))
		return answer(number == 0 ? 0 : EINVAL);
	return answer(
		send_signal(&signal, NULL, TO_ANOTHER("sigqueue"), PLACE));
}

/* Sends a signal to the thread of that handle. */
static int send_to(pthread_t handle, const struct signal_sent *signal,
		   const char *refused, uintptr_t place)
{
	int error;

	if (signal->number != 0 && !is_signal(signal->number))
		return EINVAL;
	error = join_is_there(hook_runtime, handle, place);
	if (error || signal->number == 0)
		return error;
	return send_signal(signal, thread_find(hook_runtime, handle), refused,
			   place);
}

EXPORT int pthread_kill(pthread_t thread, int number)
{
	const struct signal_sent signal = {.number = number, .code = SI_USER};

	if (!is_explored())
		return REAL(pthread_kill)(thread, number);
	return send_to(thread, &signal, TO_ANOTHER("pthread_kill"), PLACE);
}

EXPORT int pthread_sigqueue(pthread_t thread, int number,
			    const union sigval value)
{
	const struct signal_sent signal = {
		.number = number, .code = SI_QUEUE, .value = value};

	if (!is_explored())
		return REAL(pthread_sigqueue)(thread, number, value);
	return send_to(thread, &signal, TO_ANOTHER("pthread_sigqueue"), PLACE);
}

/* --- Waiting */

static uint64_t set_read(const sigset_t *set, uintptr_t place)
{
	hook_reads(set, sizeof(uint64_t), place);
	return set->__val[0];
}

EXPORT int sigwait(const sigset_t *restrict set, int *restrict ret_number)
{
	struct signal_sent signal;

	if (!is_explored())
		return REAL(sigwait)(set, ret_number);
	signals_wait(hook_runtime, set_read(set, PLACE), &DEADLINE_NEVER,
		     &signal, PLACE);
	hook_writes(ret_number, sizeof(*ret_number), PLACE);
	*ret_number = signal.number;
	return 0;
}

/* Returns the signal's number, or -1 with errno. */
ON_FIBER static int wait_until(uint64_t set, const struct deadline *deadline,
			       siginfo_t *ret_info, uintptr_t place)
{
	struct signal_sent signal;
	int error = deadline->invalid ? EINVAL
				      : signals_wait(hook_runtime, set,
						     deadline, &signal, place);

	if (error)
		return answer(error);
	if (ret_info) {
		hook_writes(ret_info, sizeof(*ret_info), place);
		memset(ret_info, 0, sizeof(*ret_info));
		ret_info->si_signo = signal.number;
		ret_info->si_code = signal.code;
		ret_info->si_pid = REAL(getpid)();
		ret_info->si_uid = getuid();
		ret_info->si_value = signal.value;
	}
	return signal.number;
}

EXPORT int sigwaitinfo(const sigset_t *restrict set,
		       siginfo_t *restrict ret_info)
{
	if (!is_explored())
		return REAL(sigwaitinfo)(set, ret_info);
	return wait_until(set_read(set, PLACE), &DEADLINE_NEVER, ret_info,
			  PLACE);
}

EXPORT int sigtimedwait(const sigset_t *restrict set,
			siginfo_t *restrict ret_info,
			const struct timespec *restrict time)
{
	struct deadline deadline = DEADLINE_NEVER;

	if (!is_explored())
		return REAL(sigtimedwait)(set, ret_info, time);
	if (time)
		deadline = deadline_after(hook_runtime, time, PLACE);
	if (time && time->tv_sec < 0)
		deadline.invalid = true;
	return wait_until(set_read(set, PLACE), &deadline, ret_info, PLACE);
}

EXPORT int sigpending(sigset_t *ret_set)
{
	if (!is_explored())
		return REAL(sigpending)(ret_set);
	hook_writes(ret_set, sizeof(uint64_t), PLACE);
	ret_set->__val[0] = signals_pending(hook_runtime, PLACE);
	return 0;
}

/* --- Which are blocked */

/* Nobody can block these: the last two are libc's own. */
static const uint64_t never = SIGNAL_BIT(SIGKILL) | SIGNAL_BIT(SIGSTOP) |
			      SIGNAL_BIT(32) | SIGNAL_BIT(33);

_Static_assert(sizeof(((sigset_t *)0)->__val[0]) == sizeof(uint64_t),
	       "the first word has all signals");

/* Returns an error number. */
static int change(uint64_t *blocked, int how, uint64_t set)
{
	switch (how) {
	case SIG_BLOCK:
		*blocked |= set & ~never;
		return 0;
	case SIG_UNBLOCK:
		*blocked &= ~set;
		return 0;
	case SIG_SETMASK:
		*blocked = set & ~never;
		return 0;
	default:
		return EINVAL;
	}
}

/* Blocks these. What was pending and no longer blocked acts now. */
static void block(uint64_t blocked, uintptr_t place)
{
	int number = signals_block(hook_runtime, blocked, place);

	while (number) {
		act(number, place);
		number = signals_block(hook_runtime, blocked, place);
	}
}

static int mask(int how, const sigset_t *set, sigset_t *ret_old,
		uintptr_t place)
{
	uint64_t old = hook_runtime->current->settings.blocked;
	uint64_t blocked = old;
	int error = set ? change(&blocked, how, set_read(set, place)) : 0;

	if (error)
		return error;
	if (ret_old) {
		hook_writes(ret_old, sizeof(old), place);
		ret_old->__val[0] = old;
	}
	if (set)
		block(blocked, place);
	return 0;
}

EXPORT int pthread_sigmask(int how, const sigset_t *restrict set,
			   sigset_t *restrict ret_old)
{
	if (!is_explored())
		return REAL(pthread_sigmask)(how, set, ret_old);
	return mask(how, set, ret_old, PLACE);
}

EXPORT int sigprocmask(int how, const sigset_t *restrict set,
		       sigset_t *restrict ret_old)
{
	if (!is_explored())
		return REAL(sigprocmask)(how, set, ret_old);
	return answer(mask(how, set, ret_old, PLACE));
}
