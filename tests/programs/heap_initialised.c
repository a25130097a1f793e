/*
 * Memory that looks as if nobody had written it: padding that is only copied,
 * what calloc() and realloc() hand out, what libc writes, flexible arrays,
 * bit-fields, unions, objects of pthreads, atomics, what another thread wrote.
 *
 * Options: --uninitialised --strategy dpor
 * Verdict: verified
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

struct padded {
	char tag;
	long value;
	short end;
};

struct text {
	size_t length;
	char bytes[];
};

union number {
	double real;
	unsigned char bytes[8];
};

struct bits {
	unsigned one : 1;
	unsigned other : 7;
	unsigned rest : 24;
};

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled;
	atomic_int count;
	struct padded *last;
	struct padded ring[2];
};

static struct padded *make(long value)
{
	struct padded *made = malloc(sizeof(*made));

	made->tag = 'p';
	made->value = value;
	return made;
}

/* The padding and the end of what is copied are nobody's. */
static long copies(void)
{
	struct padded *first = make(1);
	struct padded *second = malloc(sizeof(*second));
	struct padded *third = malloc(sizeof(*third));
	struct padded *many = malloc(2 * sizeof(*many));
	struct padded local;
	long sum;

	*second = *first;
	memcpy(third, second, sizeof(*third));
	local = *third;
	many[0] = local;
	many[1] = *third;
	memmove(&many[0], &many[1], sizeof(*many));
	many = realloc(many, 100 * sizeof(*many));
	many[99] = many[1];
	sum = second->value + third->value + local.value + many[0].value +
	      many[99].value + many[99].tag;
	free(first);
	free(second);
	free(third);
	free(many);
	return sum;
}

static struct text *text_of(const char *string)
{
	size_t length = strlen(string);
	struct text *text = malloc(sizeof(*text) + length + 1);

	text->length = length;
	strcpy(text->bytes, string);
	return text;
}

static long strings(void)
{
	struct text *text = text_of("flexible");
	char *copy = strdup(text->bytes);
	char *part = strndup(copy, 4);
	char *line = malloc(32);
	char *formatted;
	long sum;

	snprintf(line, 32, "%s %s", copy, part);
	strcat(line, "!");
	sum = strcmp(copy, text->bytes) + (long)strlen(line) + line[3];
	strncpy(line, part, 10);
	sum += memcmp(line, "flex\0\0\0\0\0", 10);
	if (asprintf(&formatted, "%d", 17) > 0)
		sum += formatted[1] + atoi(formatted);
	free(formatted);
	free(line);
	free(part);
	free(copy);
	free(text);
	return sum;
}

/* libc is not instrumented: what it writes is noticed by its contents. */
static long by_libc(void)
{
	const time_t now = 86400;
	struct tm *day = malloc(sizeof(*day));
	struct timespec *time = malloc(sizeof(*time));
	char *year = malloc(16);
	wchar_t *wide = malloc(4 * sizeof(*wide));
	lldiv_t *parts = malloc(sizeof(*parts));
	long sum;

	gmtime_r(&now, day);
	clock_gettime(CLOCK_REALTIME, time);
	strftime(year, 16, "%Y", day);
	mbstowcs(wide, "ab", 4);
	*parts = lldiv(17, 5);
	sum = day->tm_year + day->tm_mday + year[3] + wide[1] + wide[2] +
	      (time->tv_sec > 0) + (long)parts->rem;
	free(parts);
	free(wide);
	free(year);
	free(time);
	free(day);
	return sum;
}

static long zeroed(void)
{
	int *zeros = calloc(4, sizeof(*zeros));
	union number *number = malloc(sizeof(*number));
	struct bits *bits = malloc(sizeof(*bits));
	long sum = zeros[3];

	number->real = 1;
	bits->one = 1;
	bits->other = 3;
	bits->rest = 5;
	zeros = realloc(zeros, 2 * sizeof(*zeros));
	sum += zeros[1] + number->bytes[7] + bits->one + bits->other;
	free(bits);
	free(number);
	free(zeros);
	return sum;
}

static void *put(void *argument)
{
	struct queue *queue = argument;

	pthread_mutex_lock(&queue->lock);
	queue->last = make(3);
	queue->ring[queue->count++] = *queue->last;
	pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

static long shared(void)
{
	struct queue *queue = malloc(sizeof(*queue));
	pthread_t *thread = malloc(sizeof(*thread));
	struct padded *got = malloc(sizeof(*got));
	long sum;

	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->filled, NULL);
	atomic_init(&queue->count, 0);
	pthread_create(thread, NULL, put, queue);
	pthread_mutex_lock(&queue->lock);
	while (queue->count == 0)
		pthread_cond_wait(&queue->filled, &queue->lock);
	*got = queue->ring[0];
	pthread_mutex_unlock(&queue->lock);
	pthread_join(*thread, NULL);
	sum = got->value + queue->last->tag;
	pthread_cond_destroy(&queue->filled);
	pthread_mutex_destroy(&queue->lock);
	free(queue->last);
	free(got);
	free(thread);
	free(queue);
	return sum;
}

int main(void)
{
	long sum = copies() + strings() + by_libc() + zeroed() + shared();

	return sum == -1;
}
