/*
 * Thread-specific data, of POSIX and of C11. Under a search the keys that
 * constructors make are the search's already: main uses them.
 */
#include <pthread.h>
#include <threads.h>

#include "hook/hook.h"
#include "runtime/specific.h"

EXPORT int pthread_key_create(pthread_key_t *ret_key,
			      void (*destructor)(void *))
{
	pthread_key_t key;
	int error;

	if (hook_mode() != MODE_SEARCH)
		return REAL(pthread_key_create)(ret_key, destructor);
	error = specific_key_create(hook_search(), &key, destructor, PLACE);
	if (error)
		return error;
	hook_writes(ret_key, sizeof(*ret_key), PLACE);
	*ret_key = key;
	return 0;
}

EXPORT int pthread_key_delete(pthread_key_t key)
{
	if (hook_mode() != MODE_SEARCH)
		return REAL(pthread_key_delete)(key);
	return specific_key_delete(hook_search(), key, PLACE);
}

EXPORT void *pthread_getspecific(pthread_key_t key)
{
	if (hook_mode() != MODE_SEARCH)
		return REAL(pthread_getspecific)(key);
	return specific_get(hook_search(), key, PLACE);
}

EXPORT int pthread_setspecific(pthread_key_t key, const void *value)
{
	if (hook_mode() != MODE_SEARCH)
		return REAL(pthread_setspecific)(key, value);
	return specific_set(hook_search(), key, value, PLACE);
}

EXPORT int tss_create(tss_t *ret_key, tss_dtor_t destructor)
{
	tss_t key;

	if (hook_mode() != MODE_SEARCH)
		return REAL(tss_create)(ret_key, destructor);
	if (specific_key_create(hook_search(), &key, destructor, PLACE) != 0)
		return thrd_error;
	hook_writes(ret_key, sizeof(*ret_key), PLACE);
	*ret_key = key;
	return thrd_success;
}

EXPORT void tss_delete(tss_t key)
{
	if (hook_mode() != MODE_SEARCH)
		REAL(tss_delete)(key);
	else
		specific_key_delete(hook_search(), key, PLACE);
}

EXPORT void *tss_get(tss_t key)
{
	if (hook_mode() != MODE_SEARCH)
		return REAL(tss_get)(key);
	return specific_get(hook_search(), key, PLACE);
}

EXPORT int tss_set(tss_t key, void *value)
{
	if (hook_mode() != MODE_SEARCH)
		return REAL(tss_set)(key, value);
	return specific_set(hook_search(), key, value, PLACE) ? thrd_error
							      : thrd_success;
}
