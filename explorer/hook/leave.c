/*
 * Cancellation, cleanup handlers, and the end of a thread before its function
 * returns.
 *
 * C without exceptions registers a jump buffer for each pthread_cleanup_push();
 * to leave is to jump to the newest one, which calls its handler and asks for
 * the next. With exceptions, and in C++, handlers and destructors run as the
 * stack is unwound, by the compiler's library if the program has it. Both may
 * be on one stack: frames are unwound up to that of the newest buffer.
 */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <unwind.h>

#include "hook/hook.h"
#include "hook/leave.h"
#include "runtime/cancel.h"
#include "runtime/thread.h"

typedef __pthread_unwind_buf_t cleanup;

_Static_assert(sizeof(((struct thread *)0)->unwinding) ==
		       sizeof(struct _Unwind_Exception),
	       "a thread has room for it");

/* What a cleanup keeps: the one before it, and the type to be restored. */
#define PAD_PREVIOUS 0
#define PAD_TYPE     1

/* The compiler's library, where there is one. */
static struct {
	_Unwind_Reason_Code (*force)(struct _Unwind_Exception *,
				     _Unwind_Stop_Fn, void *);
	_Unwind_Word (*get_cfa)(struct _Unwind_Context *);
} unwinder;

void leave_init(struct runtime *runtime)
{
	unwinder.force = (__typeof__(unwinder.force))(uintptr_t)hook_find_any(
		"_Unwind_ForcedUnwind");
	unwinder.get_cfa =
		(__typeof__(unwinder.get_cfa))(uintptr_t)hook_find_any(
			"_Unwind_GetCFA");
	runtime->unwind = leave;
}

/* To the newest cleanup, which then is no more. */
ON_FIBER static _Noreturn void jump(struct thread *thread)
{
	cleanup *newest = thread->cleanup;

	thread->cleanup = newest->__pad[PAD_PREVIOUS];
	longjmp((struct __jmp_buf_tag *)(void *)newest, 1);
}

ON_FIBER static _Unwind_Reason_Code stop(int version, _Unwind_Action actions,
					 _Unwind_Exception_Class class,
					 struct _Unwind_Exception *exception,
					 struct _Unwind_Context *context,
					 void *argument)
{
	struct runtime *runtime = argument;
	struct thread *thread = runtime->current;
	bool is_end = actions & _UA_END_OF_STACK;

	(void)version;
	(void)class;
	(void)exception;
	if (thread->cleanup &&
	    (is_end || unwinder.get_cfa(context) > (uintptr_t)thread->cleanup))
		jump(thread);
	if (is_end)
		thread_exit(runtime, thread->value);
	return _URC_NO_REASON;
}

ON_FIBER _Noreturn void leave(struct runtime *runtime)
{
	struct thread *thread = runtime->current;

	memset(thread->unwinding, 0, sizeof(thread->unwinding));
	/* Returns where the stack cannot be unwound. */
	if (unwinder.force && unwinder.get_cfa)
		unwinder.force(
			(struct _Unwind_Exception *)(void *)thread->unwinding,
			stop, runtime);
	if (thread->cleanup)
		jump(thread);
	thread_exit(runtime, thread->value);
}

/* --- Cleanup handlers, as glibc's macros have them */

EXPORT void __pthread_register_cancel(cleanup *buffer)
{
	struct thread *thread;

	if (!hook_runtime) {
		REAL(__pthread_register_cancel)(buffer);
		return;
	}
	thread = hook_runtime->current;
	buffer->__pad[PAD_PREVIOUS] = thread->cleanup;
	thread->cleanup = buffer;
}

EXPORT void __pthread_unregister_cancel(cleanup *buffer)
{
	if (hook_runtime)
		hook_runtime->current->cleanup = buffer->__pad[PAD_PREVIOUS];
	else
		REAL(__pthread_unregister_cancel)(buffer);
}

EXPORT void __pthread_register_cancel_defer(cleanup *buffer)
{
	int type;

	if (!hook_runtime) {
		REAL(__pthread_register_cancel_defer)(buffer);
		return;
	}
	__pthread_register_cancel(buffer);
	cancel_set_type(hook_runtime, PTHREAD_CANCEL_DEFERRED, &type, PLACE);
	buffer->__pad[PAD_TYPE] = (void *)(intptr_t)type;
}

EXPORT void __pthread_unregister_cancel_restore(cleanup *buffer)
{
	int type;

	if (!hook_runtime) {
		REAL(__pthread_unregister_cancel_restore)(buffer);
		return;
	}
	__pthread_unregister_cancel(buffer);
	cancel_set_type(hook_runtime, (int)(intptr_t)buffer->__pad[PAD_TYPE],
			&type, PLACE);
}

EXPORT void __pthread_unwind_next(cleanup *buffer)
{
	if (hook_runtime)
		leave(hook_runtime);
	REAL(__pthread_unwind_next)(buffer);
	__builtin_unreachable();
}

/* --- The functions */

EXPORT void pthread_exit(void *value)
{
	if (hook_runtime)
		cancel_exit(hook_runtime, value);
	REAL(pthread_exit)(value);
	__builtin_unreachable();
}

EXPORT int pthread_cancel(pthread_t thread)
{
	if (hook_runtime)
		return cancel_request(hook_runtime, thread, PLACE);
	return REAL(pthread_cancel)(thread);
}

ON_FIBER void leave_if_cancelled(uintptr_t place)
{
	if (hook_runtime && hook_runtime->current)
		cancel_point(hook_runtime, place);
}

EXPORT void pthread_testcancel(void)
{
	if (hook_runtime)
		cancel_point(hook_runtime, PLACE);
	else
		REAL(pthread_testcancel)();
}

#define CANCEL_HOOK(name, performed)                                           \
	EXPORT int pthread_##name(int value, int *ret_old)                     \
	{                                                                      \
		int error;                                                     \
		int old;                                                       \
                                                                               \
		if (!hook_runtime)                                             \
			return REAL(pthread_##name)(value, ret_old);           \
		error = performed(hook_runtime, value, &old, PLACE);           \
		if (error || !ret_old)                                         \
			return error;                                          \
		hook_writes(ret_old, sizeof(*ret_old), PLACE);                 \
		*ret_old = old;                                                \
		return 0;                                                      \
	}

CANCEL_HOOK(setcancelstate, cancel_set_state)
CANCEL_HOOK(setcanceltype, cancel_set_type)
