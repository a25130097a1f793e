/*
 * One sentence for what is wrong with accesses to memory (see sentence.h).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "pool/sentence.h"

static const char *verb_of(const char *operation)
{
	static const char *const verbs[OP_COUNT + 1] = {
		[OP_READ] = "reads",
		[OP_WRITE] = "writes",
		[OP_COPY] = "copies",
		[OP_ATOMIC_LOAD] = "atomically reads",
		[OP_ATOMIC_STORE] = "atomically writes",
		[OP_ATOMIC_UPDATE] = "atomically updates",
		[OP_ATOMIC_COMPARE] = "compares and exchanges",
		[OP_FREE] = "frees",
	};
	const char *verb = verbs[op_by_name(operation)];

	return verb ? verb : "uses";
}

static const char *variable_name(const struct access *access)
{
	return access->variable ? access->variable : "memory";
}

static char *race_sentence(const struct finding *finding)
{
	const struct access *a = &finding->accesses[0];
	const struct access *b = &finding->accesses[1];
	bool same = a->variable && text_is_same(a->variable, b->variable);
	char *a_place = place_phrase(&a->place);
	char *b_place = place_phrase(&b->place);
	char *sentence = text_format("%s %s %s%s while %s %s %s%s", a->thread,
				     verb_of(a->operation), variable_name(a),
				     a_place, b->thread, verb_of(b->operation),
				     same ? "it" : variable_name(b), b_place);

	free(a_place);
	free(b_place);
	return sentence;
}

/* What is wrong with freeing what is no block. */
static const char *no_block_phrase(const struct finding *finding)
{
	return finding->block.known ? ", which is not where the block begins"
				    : ", which malloc did not return";
}

static void add_freed(struct buffer *text, const struct heap_block_name *block,
		      const char *when)
{
	char *place = place_phrase(&block->freed);

	if (block->freed_by)
		text_add(text, ", %s by %s%s", when, block->freed_by, place);
	free(place);
}

static char *leak_sentence(const struct finding *finding)
{
	const struct heap_block_name *block = &finding->block;
	char *place = place_words(&block->allocated);
	char *sentence = text_format(
		"%" PRIu64 " byte%s in %" PRIu64 " block%s%s%s: nothing points "
		"there when the program exits",
		block->bytes, block->bytes == 1 ? "" : "s", block->blocks,
		block->blocks == 1 ? "" : "s", *place ? " from " : "", place);

	free(place);
	return sentence;
}

/* How much, where that matters. */
static void add_bytes(struct buffer *text, const struct finding *finding)
{
	uint64_t bytes = finding->accesses[0].bytes;

	if (finding->kind == FINDING_OUT_OF_BOUNDS)
		text_add(text, " %" PRIu64 " byte%s at", bytes,
			 bytes == 1 ? "" : "s");
}

static char *heap_sentence(const struct finding *finding)
{
	const struct access *access = &finding->accesses[0];
	bool frees = finding->kind == FINDING_DOUBLE_FREE ||
		     finding->kind == FINDING_INVALID_FREE;
	char *place = place_phrase(&access->place);
	struct buffer text = {0};

	text_add(&text, "%s %s", access->thread,
		 frees ? "frees" : verb_of(access->operation));
	add_bytes(&text, finding);
	text_add(&text, " %s%s%s", variable_name(access),
		 finding->block.known ? "," : "", place);
	if (finding->kind == FINDING_UNINITIALISED_READ)
		text_add(&text, ", which nobody has written");
	if (finding->kind == FINDING_INVALID_FREE)
		text_add(&text, "%s", no_block_phrase(finding));
	add_freed(&text, &finding->block,
		  finding->kind == FINDING_DOUBLE_FREE ? "freed before"
						       : "freed");
	free(place);
	return (char *)text.data;
}

/* The frame stands where a heap block would. */
static char *return_sentence(const struct finding *finding)
{
	const struct access *access = &finding->accesses[0];
	const struct heap_block_name *frame = &finding->block;
	char *place = place_phrase(&access->place);
	char *returned = place_words(&frame->freed);
	char *sentence = text_format(
		"%s %s %s%s %s %s %s%s", access->thread,
		verb_of(access->operation), variable_name(access), place,
		frame->returning ? "as" : "after", frame->freed_by,
		frame->returning ? "returns from "
		: *returned	 ? "has returned from "
				 : "has left it",
		returned);

	free(place);
	free(returned);
	return sentence;
}

char *sentence_of_access(const struct finding *finding)
{
	if (finding->kind == FINDING_DATA_RACE && finding->access_count == 2)
		return race_sentence(finding);
	if (finding->kind == FINDING_USE_AFTER_RETURN)
		return return_sentence(finding);
	if (finding_is_of_accesses(finding->kind) && finding->access_count == 1)
		return heap_sentence(finding);
	if (finding->kind == FINDING_LEAK)
		return leak_sentence(finding);
	return NULL;
}
