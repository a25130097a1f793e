/*
 * A string buffer whose append() holds the source's lock from the question for
 * its length until its characters are copied: what was checked still holds when
 * it is acted upon.
 *
 * Watch: target.length
 * Verdict: verified
 * Outcome: exit 0 target.length=0 "appended 0\n"
 * Outcome: exit 0 target.length=3 "appended 3\n"
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define ROOM 16

struct text {
	pthread_mutex_t lock;
	size_t length;
	char characters[ROOM];
};

struct text target = {PTHREAD_MUTEX_INITIALIZER, 0, ""};
static struct text source = {PTHREAD_MUTEX_INITIALIZER, 3, "abc"};

/* The caller holds the text's lock. */
static void text_copy(struct text *text, size_t count, char *to)
{
	assert(count <= text->length);
	memcpy(to, text->characters, count);
}

static void text_clear(struct text *text)
{
	pthread_mutex_lock(&text->lock);
	text->length = 0;
	pthread_mutex_unlock(&text->lock);
}

static void text_append(struct text *text, struct text *from)
{
	size_t count;

	pthread_mutex_lock(&text->lock);
	pthread_mutex_lock(&from->lock);
	count = from->length;
	text_copy(from, count, text->characters + text->length);
	pthread_mutex_unlock(&from->lock);
	text->length += count;
	pthread_mutex_unlock(&text->lock);
}

static void *clear(void *unused)
{
	text_clear(&source);
	return unused;
}

static void *append(void *unused)
{
	text_append(&target, &source);
	return unused;
}

int main(void)
{
	pthread_t clearing;
	pthread_t appending;

	pthread_create(&clearing, NULL, clear, NULL);
	pthread_create(&appending, NULL, append, NULL);
	pthread_join(clearing, NULL);
	pthread_join(appending, NULL);
	printf("appended %zu\n", target.length);
	return 0;
}
