/*
 * What the library says in numbers, said in names.
 */
#include "pool/naming.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

char *string_copy(const char *string)
{
	size_t bytes = string ? strlen(string) + 1 : 0;

	/* Three a step are made of a trace: no detour by a format. */
	return string ? memcpy(memory_new(bytes), string, bytes) : NULL;
}

char *name_of_thread(uint32_t thread)
{
	return thread == 0 ? string_copy("main") : text_format("T%u", thread);
}

char *name_without_inside(char *name)
{
	static const char *const insides[] = {".__data", ".__size", "._M_mutex",
					      "._M_cond._M_cond",
					      "._M_impl._M_rwlock"};

	for (size_t i = 0; i < sizeof(insides) / sizeof(insides[0]); i++) {
		char *inside = strstr(name, insides[i]);
		const char *behind = inside ? inside + strlen(insides[i]) : "x";

		if (*behind == '\0' || *behind == '"')
			memmove(inside, behind, strlen(behind) + 1);
	}
	return name;
}

char *name_of_object(struct symbols *symbols, struct location object,
		     uint64_t size)
{
	if (object.kind == LOCATION_NONE)
		return NULL;
	if (object.kind == LOCATION_THREAD)
		return name_of_thread(object.number);
	return name_without_inside(
		string_copy(symbols_name(symbols, object, size)));
}

/* Locks are named whole: the first of an array of them is not the array. */
uint64_t bytes_of_object(enum op op, uint64_t accessed)
{
	switch (op_object(op)) {
	case OP_OBJECT_MUTEX:
		return sizeof(pthread_mutex_t);
	case OP_OBJECT_CONDITION:
		return sizeof(pthread_cond_t);
	case OP_OBJECT_RWLOCK:
		return sizeof(pthread_rwlock_t);
	case OP_OBJECT_SPIN_LOCK:
		return sizeof(pthread_spinlock_t);
	case OP_OBJECT_ONCE:
		return sizeof(pthread_once_t);
	case OP_OBJECT_SEMAPHORE:
		return sizeof(sem_t);
	case OP_OBJECT_BARRIER:
		return sizeof(pthread_barrier_t);
	case OP_OBJECT_FUTEX:
		return sizeof(uint32_t);
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return accessed;
}

const char *word_of_object(enum op op)
{
	switch (op_object(op)) {
	case OP_OBJECT_MUTEX:
		return "lock";
	case OP_OBJECT_RWLOCK:
		return "rwlock";
	case OP_OBJECT_SPIN_LOCK:
		return "spin lock";
	case OP_OBJECT_ONCE:
		return "once control";
	case OP_OBJECT_SEMAPHORE:
		return "semaphore";
	case OP_OBJECT_CONDITION:
		return "condition variable";
	case OP_OBJECT_BARRIER:
		return "barrier";
	case OP_OBJECT_FUTEX:
		return "futex";
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return NULL;
}

char *name_of_signal(int signal)
{
	const char *name = sigabbrev_np(signal);

	return name ? text_format("SIG%s", name)
		    : text_format("signal %d", signal);
}

struct source_place source_place_copy(const struct source_place *place)
{
	return (struct source_place){.file = string_copy(place->file),
				     .function = string_copy(place->function),
				     .line = place->line};
}

struct source_place name_of_place(struct symbols *symbols,
				  struct code_place place)
{
	struct source_place known = {0};

	if (place.module != PLACE_UNKNOWN)
		symbols_place(symbols, place, &known);
	return source_place_copy(&known);
}

bool place_is_of_system(const struct source_place *place)
{
	static const char folder[] = "/usr/include/";

	return !place->file ||
	       strncmp(place->file, folder, sizeof(folder) - 1) == 0;
}

struct source_place name_of_place_in_program(struct symbols *symbols,
					     struct code_place first,
					     const struct code_place *callers,
					     size_t count)
{
	struct source_place place = name_of_place(symbols, first);

	for (size_t i = 0; place_is_of_system(&place) && i < count; i++) {
		struct source_place caller = name_of_place(symbols, callers[i]);

		if (place_is_of_system(&caller)) {
			source_place_free(&caller);
			continue;
		}
		source_place_free(&place);
		return caller;
	}
	return place;
}

void source_place_free(struct source_place *place)
{
	free(place->file);
	free(place->function);
	*place = (struct source_place){0};
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *place_words(const struct source_place *place)
{
	const char *file = place->file ? base_name(place->file) : NULL;

	if (place->function && file)
		return text_format("%s() %s:%u", place->function, file,
				   place->line);
	if (place->function)
		return text_format("%s()", place->function);
	if (file)
		return text_format("%s:%u", file, place->line);
	return string_copy("");
}

char *place_phrase(const struct source_place *place)
{
	char *words = place_words(place);
	char *phrase = text_format("%s%s",
				   place->function ? " in "
				   : place->file   ? " at "
						   : "",
				   words);

	free(words);
	return phrase;
}
