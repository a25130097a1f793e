/*
 * What functions of the C++ library do, by their names.
 *
 * Classes that threads may share as they like, or that only code in headers
 * changes, are listed here; of streams the name says whether the function is
 * const and what it is given; the few functions that are left stand in
 * cplusplus_containers.c.
 */
#include <string.h>

#include "base/own_names.h"
#include "hook/cplusplus_names.h"

const char *name_after(const char *name, const char *text)
{
	size_t length = strlen(text);

	return strncmp(name, text, length) == 0 ? name + length : NULL;
}

const char *name_after_any(const char *name, const char *const *texts,
			   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *rest = name_after(name, texts[i]);

		if (rest)
			return rest;
	}
	return NULL;
}

const char *name_of_class(const char *symbol, bool *ret_const)
{
	const char *at = name_after(symbol, "_ZN");

	*ret_const = at && *at == 'K';
	return at && *at == 'K' ? at + 1 : at;
}

/* --- What threads may call as they like */

/* Classes and namespaces, behind _ZN or _ZNK: what they share is atomic or
 * locked by hooks, the rest is their caller's own. */
static const char *const harmless_classes[] = {
	/* exceptions */
	"St15__exception_ptr",
	"St9exception",
	"St16nested_exception",
	"St11logic_error",
	"St13runtime_error",
	"St16invalid_argument",
	"St12domain_error",
	"St12length_error",
	"St12out_of_range",
	"St11range_error",
	"St14overflow_error",
	"St15underflow_error",
	"St9bad_alloc",
	"St20bad_array_new_length",
	"St8bad_cast",
	"St10bad_typeid",
	"St13bad_exception",
	"St17bad_function_call",
	"St12bad_weak_ptr",
	"St12future_error",
	"St12system_error",
	"St11regex_error",
	"St8ios_base7failure",
	"St9type_info",
	"N10__cxxabiv1",
	"St10filesystem16filesystem_error",
	"St10filesystem7__cxx1116filesystem_error",
	/* threads */
	"St6thread",
	"St11this_thread",
	"St18condition_variable",
	"St3_V218condition_variable_any",
	"St22condition_variable_any",
	"St13__future_base",
	"St28__atomic_futex_unsigned_base",
	"St10_Sp_locker",
	"St6chrono",
	/* errors, locales, the beginning and end of streams */
	"St14error_category",
	"St3_V214error_category",
	"St3_V2",
	"St10error_code",
	"St15error_condition",
	"St6locale",
	"St5ctype",
	"St10ctype_base",
	"St7codecvt",
	"St8numpunct",
	"St7num_get",
	"St7num_put",
	"St10moneypunct",
	"St9money_get",
	"St9money_put",
	"St8messages",
	"St7collate",
	"St8time_get",
	"St8time_put",
	"St7__cxx118numpunct",
	"St7__cxx1110moneypunct",
	"St7__cxx119money_get",
	"St7__cxx119money_put",
	"St7__cxx118messages",
	"St7__cxx117collate",
	"St7__cxx118time_get",
	"St8ios_base4Init",
	"St8ios_base15sync_with_stdio",
	"St8ios_base6xalloc",
	"So6sentry",
	"Si6sentry",
	/* memory */
	"SaIcE",
	"SaIwE",
	"St3pmr15memory_resource",
	"St3pmr26synchronized_pool_resource",
	"St3pmr25monotonic_buffer_resource",
	/* random numbers of the system's: only what begins and ends with them
	 */
	"St13random_device7_M_init",
	"St13random_device14_M_init_pretr1",
	"St13random_device7_M_fini",
	"St13random_device13_M_getentropy",
	/* debug mode, whose lists are locked */
	"11__gnu_debug",
	"9__gnu_cxx27__verbose_terminate_handler",
};

/* Functions of no class. */
static const char *const harmless_functions[] = {
	"_Znw",
	"_Zna",
	"_Zdl",
	"_Zda",
	"_ZSt9terminatev",
	"_ZSt10unexpectedv",
	"_ZSt13get_terminatev",
	"_ZSt13set_terminatePFvvE",
	"_ZSt14get_unexpectedv",
	"_ZSt14set_unexpectedPFvvE",
	"_ZSt15get_new_handlerv",
	"_ZSt15set_new_handlerPFvvE",
	"_ZSt17current_exceptionv",
	"_ZSt17rethrow_exceptionN",
	"_ZSt18uncaught_exception",
	"_ZSt19uncaught_exceptions",
	"_ZSt15future_category",
	"_ZSt25notify_all_at_thread_exit",
	"_ZSt16__throw_",
	"_ZSt9use_facetI",
	"_ZSt9has_facetI",
	"_ZSt11__once_call",
	"_ZSt15__once_callable",
	"_ZSt21__glibcxx_assert_fail",
	"_ZSt16generic_category",
	"_ZSt15system_category",
	"_ZSt17iostream_category",
	"_ZNSt3pmr20get_default_resource",
	"_ZNSt3pmr20set_default_resource",
	"_ZNSt3pmr19new_delete_resource",
	"_ZNSt3pmr20null_memory_resource",
	"_ZSt16__get_once_mutex",
	"_ZSt23__get_once_functor_lock",
	"_ZSt27__set_once_functor_lock_ptr",
};

/* _ZSt20__throw_length_errorPKc */
static bool is_throw(const char *symbol)
{
	const char *at = name_after(symbol, "_ZSt");

	while (at && *at >= '0' && *at <= '9')
		at++;
	return at && name_after(at, "__throw_");
}

static bool is_harmless(const char *symbol)
{
	bool is_const;
	const char *class = name_of_class(symbol, &is_const);

	return is_throw(symbol) ||
	       name_after_any(symbol, harmless_functions,
			      COUNT(harmless_functions)) ||
	       (class && name_after_any(class, harmless_classes,
					COUNT(harmless_classes)));
}

/* --- All */

static const struct noted_call *find_container(const char *symbol)
{
	const struct noted_call *call = cplusplus_containers;

	while (call->symbol && strcmp(call->symbol, symbol) != 0)
		call++;
	return call->symbol ? call : NULL;
}

struct noted_call cplusplus_call_known(const char *symbol)
{
	const struct noted_call *container = find_container(symbol);
	struct noted_call call = {
		.symbol = symbol,
		.note = call_note_unknown,
		.words = CALL_WORDS,
		.stream.bytes = strstr(symbol, "Iw") ? 4 : 1,
	};

	if (container)
		return *container;
	if (is_harmless(symbol))
		call.note = NULL;
	else if (name_after(symbol, "_ZNSt10filesystem7__cxx114path"))
		call.note = cplusplus_note_object;
	else
		cplusplus_stream_known(symbol, &call);
	return call;
}
