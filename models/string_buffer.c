/*
 * A string buffer whose every operation is locked, and which goes wrong all the
 * same, as one of a well-known library once did (described by Flanagan and
 * Qadeer, 2003). append() asks the source for its length, and then for that
 * many characters: two operations, each of them atomic, and between them
 * another thread may empty the source. There is no data race.
 *
 * Watch: target.length
 * Verdict: findings
 * Outcome: exit 0 target.length=0 "appended 0\n"
 * Outcome: exit 0 target.length=3 "appended 3\n"
 * Outcome: assertion target.length=0
 * Finding: assertion in=text_copy at=here
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

static size_t text_length(struct text *text)
{
	size_t length;

	pthread_mutex_lock(&text->lock);
	length = text->length;
	pthread_mutex_unlock(&text->lock);
	return length;
}

static void text_copy(struct text *text, size_t count, char *to)
{
	pthread_mutex_lock(&text->lock);
	assert(count <= text->length); /* here */
	memcpy(to, text->characters, count);
	pthread_mutex_unlock(&text->lock);
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
	count = text_length(from);
	text_copy(from, count, text->characters + text->length);
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
