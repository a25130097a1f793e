/*
 * Thread-specific data. See specific.h.
 */
#include "runtime/specific.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <sys/mman.h>

#include "runtime/announce.h"
#include "runtime/thing.h"

_Static_assert(KEYS_MAX == PTHREAD_KEYS_MAX, "as many as the C library has");

struct value {
	uint64_t born; /* the life of the key that it belongs to */
	void *value;
};

_Static_assert(KEYS_MAX * sizeof(struct value) == 1U << LAYOUT_VALUE_SHIFT,
	       "a slot's part has room for all keys");

void specific_init(struct runtime *runtime)
{
	size_t bytes = (size_t)LAYOUT_SLOTS << LAYOUT_VALUE_SHIFT;
	void *at = mmap((void *)LAYOUT_VALUES, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
				MAP_FIXED_NOREPLACE,
			-1, 0);

	assert(at == (void *)LAYOUT_VALUES);
	pages_add(&runtime->world.pages, at, bytes);
}

static struct value *values_of(const struct runtime *runtime)
{
	uint32_t slot = runtime->current ? runtime->current->slot : 0;

	return (struct value *)(LAYOUT_VALUES +
				((uintptr_t)slot << LAYOUT_VALUE_SHIFT));
}

static bool is_in_use(const struct runtime_state *state, unsigned key)
{
	return key < state->key_count && state->keys[key].in_use;
}

/* Looks at a key: a step where others delete it. */
ON_FIBER static void look(struct runtime *runtime, enum op op, unsigned key,
			  uintptr_t place)
{
	if (runtime->current && key < KEYS_MAX &&
	    thing_note(runtime, thing_address(THING_KEY, key), false, place))
		runtime_announce_on(runtime, op, thing_address(THING_KEY, key),
				    place);
}

/* --- Keys */

static int take_free(struct runtime_state *state, void (*destructor)(void *))
{
	for (unsigned key = 0; key < KEYS_MAX; key++) {
		if (is_in_use(state, key))
			continue;
		if (key == state->key_count)
			state->keys[state->key_count++] = (struct key){0};
		state->keys[key].destructor = destructor;
		state->keys[key].in_use = true;
		state->keys[key].born++;
		return (int)key;
	}
	return -1;
}

ON_FIBER int specific_key_create(struct runtime *runtime, unsigned *ret_key,
				 void (*destructor)(void *), uintptr_t place)
{
	int key;

	if (runtime->current &&
	    thing_note(runtime, thing_address(THING_KEYS, 0), true, place))
		runtime_announce_on(runtime, OP_KEY_CREATE,
				    thing_address(THING_KEYS, 0), place);
	key = take_free(&runtime->state, destructor);
	if (key < 0)
		return EAGAIN;
	*ret_key = (unsigned)key;
	return 0;
}

ON_FIBER int specific_key_delete(struct runtime *runtime, unsigned key,
				 uintptr_t place)
{
	struct runtime_state *state = &runtime->state;

	if (runtime->current && key < KEYS_MAX) {
		bool seen = thing_note(runtime, thing_address(THING_KEYS, 0),
				       true, place);

		if (thing_note(runtime, thing_address(THING_KEY, key), true,
			       place) ||
		    seen)
			runtime_announce_on(runtime, OP_KEY_DELETE,
					    thing_address(THING_KEY, key),
					    place);
	}
	if (!is_in_use(state, key))
		return EINVAL;
	state->keys[key].in_use = false;
	return 0;
}

/* --- Values */

/* The running thread's value for a key, NULL if it has none. */
ON_FIBER static struct value *find(struct runtime *runtime, unsigned key)
{
	struct value *value = &values_of(runtime)[key];

	return is_in_use(&runtime->state, key) &&
			       value->born == runtime->state.keys[key].born
		       ? value
		       : NULL;
}

ON_FIBER void *specific_get(struct runtime *runtime, unsigned key,
			    uintptr_t place)
{
	const struct value *value;

	look(runtime, OP_KEY_GET, key, place);
	value = key < KEYS_MAX ? find(runtime, key) : NULL;
	return value ? value->value : NULL;
}

ON_FIBER int specific_set(struct runtime *runtime, unsigned key,
			  const void *value, uintptr_t place)
{
	look(runtime, OP_KEY_SET, key, place);
	if (!is_in_use(&runtime->state, key))
		return EINVAL;
	runtime_note_private(runtime);
	values_of(runtime)[key] =
		(struct value){.born = runtime->state.keys[key].born,
			       .value = (void *)(uintptr_t)value};
	return 0;
}

/* --- The end of a thread */

/* Calls the destructor for a key, if the thread has a value. Returns whether it
 * had one. */
ON_FIBER static bool destroy(struct runtime *runtime, unsigned key)
{
	void (*destructor)(void *) = runtime->state.keys[key].destructor;
	struct value *value;
	void *held;

	if (!values_of(runtime)[key].value)
		return false;
	look(runtime, OP_KEY_GET, key, 0);
	value = find(runtime, key);
	held = value ? value->value : NULL;
	values_of(runtime)[key].value = NULL;
	if (held && destructor)
		destructor(held);
	return true;
}

ON_FIBER void specific_destroy(struct runtime *runtime)
{
	bool any = true;

	for (unsigned i = 0; any && i < PTHREAD_DESTRUCTOR_ITERATIONS; i++) {
		any = false;
		for (unsigned key = 0; key < runtime->state.key_count; key++)
			any |= destroy(runtime, key);
	}
}
