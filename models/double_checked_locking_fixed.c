/*
 * Double-checked locking, as C11 has it: the pointer is atomic. Whoever sees it
 * set, by a load that acquires, also sees all that was written before the store
 * that released it; whoever does not takes the lock and looks again.
 *
 * Watch: created
 * Verdict: verified
 * Outcome: exit 0 created=1 "level 7 and 7\n"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct settings {
	int level;
};

int created;
static struct settings *_Atomic settings;
static struct settings memory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int seen[2];

static struct settings *settings_new(void)
{
	created += 1;
	memory.level = 7;
	return &memory;
}

static struct settings *settings_get(void)
{
	struct settings *got;

	got = atomic_load_explicit(&settings, memory_order_acquire);
	if (got != NULL)
		return got;
	pthread_mutex_lock(&lock);
	got = atomic_load_explicit(&settings, memory_order_relaxed);
	if (got == NULL) {
		got = settings_new();
		atomic_store_explicit(&settings, got, memory_order_release);
	}
	pthread_mutex_unlock(&lock);
	return got;
}

static void *use(void *level)
{
	*(int *)level = settings_get()->level;
	return NULL;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, use, &seen[0]);
	pthread_create(&two, NULL, use, &seen[1]);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	printf("level %d and %d\n", seen[0], seen[1]);
	return 0;
}
