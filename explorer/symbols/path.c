#include "symbols/path.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* How far path_add() has come. */
struct descent {
	struct type type;
	uint64_t offset; /* of the wanted bytes within that type */
	uint64_t size;
	uint64_t rest; /* their offset from what was named last */
};

static bool element_containing(struct descent *descent, struct buffer *text)
{
	struct type element = type_element(descent->type);
	uint64_t bytes = type_bytes(element);
	uint64_t index;
	uint64_t inner;

	if (bytes == 0)
		return false;
	index = descent->offset / bytes;
	inner = descent->offset % bytes;
	if (index >= type_element_count(descent->type) ||
	    descent->size > bytes - inner)
		return false;
	text_add(text, "[%" PRIu64 "]", index);
	descent->type = element;
	descent->offset = descent->rest = inner;
	return true;
}

/* An array without bounds, at the end of a struct, holds all that follows. */
static bool member_contains(const struct member *member, uint64_t offset,
			    uint64_t size)
{
	uint64_t bytes = type_bytes(member->type);
	uint64_t inner = offset - member->offset;

	if (offset < member->offset)
		return false;
	/* The bytes that a bit-field is in are accessed as a whole. */
	if (member->is_bit_field)
		return inner == 0 && size <= bytes;
	if (bytes == 0)
		return type_kind(member->type) == TYPE_ARRAY;
	return inner < bytes && size <= bytes - inner;
}

/* Does something of just that size begin there? */
static bool has_exactly(struct type type, uint64_t offset, uint64_t size)
{
	struct member member;
	uint64_t bytes = type_bytes(type);

	if (offset == 0 && bytes == size)
		return true;
	if (type_kind(type) == TYPE_ARRAY) {
		bytes = type_bytes(type_element(type));
		return bytes > 0 &&
		       has_exactly(type_element(type), offset % bytes, size);
	}
	for (bool more = type_first_member(type, &member); more;
	     more = type_next_member(&member))
		if (member_contains(&member, offset, size) &&
		    has_exactly(member.type, offset - member.offset, size))
			return true;
	return false;
}

/* How well a member describes the wanted bytes that it contains: in a union
 * the one that has a part of that size is the likeliest. */
static int member_fit(const struct member *member,
		      const struct descent *descent)
{
	if (type_bytes(member->type) == 0)
		return 1;
	return has_exactly(member->type, descent->offset - member->offset,
			   descent->size)
		       ? 3
		       : 2;
}

static bool best_member(const struct descent *descent,
			struct member *ret_member)
{
	struct member member;
	int best = 0;

	for (bool more = type_first_member(descent->type, &member); more;
	     more = type_next_member(&member)) {
		int fit;

		if (!member_contains(&member, descent->offset, descent->size))
			continue;
		fit = member_fit(&member, descent);
		if (fit > best) {
			*ret_member = member;
			best = fit;
		}
	}
	return best > 0;
}

static bool member_containing(struct descent *descent, struct buffer *text)
{
	struct member member;

	if (!best_member(descent, &member))
		return false;
	descent->type = member.type;
	descent->offset -= member.offset;
	if (member.name) {
		text_add(text, ".%s", member.name);
		descent->rest = descent->offset;
	}
	return true;
}

static bool descend(struct descent *descent, struct buffer *text)
{
	if (descent->size == 0 && descent->rest == 0)
		return false;
	if (type_kind(descent->type) == TYPE_ARRAY)
		return element_containing(descent, text);
	return member_containing(descent, text);
}

void path_add_rest(struct buffer *text, uint64_t offset)
{
	if (offset > 0)
		text_add(text, "+%" PRIu64, offset);
}

void path_add(struct buffer *text, struct type type, uint64_t offset,
	      uint64_t size)
{
	struct descent descent = {
		.type = type, .offset = offset, .size = size, .rest = offset};

	while (descend(&descent, text))
		;
	path_add_rest(text, descent.rest);
}

/* Reads a number in full. Returns what follows it, or NULL. */
static const char *read_number(const char *text, uint64_t *ret_number)
{
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return NULL;
	errno = 0;
	*ret_number = strtoull(text, &end, 0);
	return errno ? NULL : end;
}

bool path_read_rest(const char *text, uint64_t *ret_offset)
{
	const char *end;
	uint64_t offset;

	if (text[0] != '+')
		return false;
	end = read_number(text + 1, &offset);
	if (!end || *end)
		return false;
	*ret_offset = offset;
	return true;
}

static size_t identifier_length(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_' ||
	       text[length] == '$')
		length++;
	return length;
}

static enum path_end read_field(struct path *path, const char *text)
{
	size_t length = identifier_length(text + 1);
	enum type_kind kind = type_kind(path->type);
	struct member member;

	if (kind != TYPE_STRUCT && kind != TYPE_UNION)
		return PATH_NOT_STRUCT;
	if (!type_member_named(path->type, text + 1, length, &member))
		return PATH_NO_FIELD;
	path->type = member.type;
	path->offset += member.offset;
	path->is_bit_field = member.is_bit_field;
	path->length += 1 + length;
	return PATH_WHOLE;
}

static enum path_end read_element(struct path *path, const char *text)
{
	const char *end;
	uint64_t index;
	uint64_t offset;

	if (type_kind(path->type) != TYPE_ARRAY)
		return PATH_NOT_ARRAY;
	end = read_number(text + 1, &index);
	if (!end || *end != ']')
		return PATH_NOT_UNDERSTOOD;
	if (index >= type_element_count(path->type) ||
	    __builtin_mul_overflow(index, type_bytes(type_element(path->type)),
				   &offset))
		return PATH_NO_ELEMENT;
	path->type = type_element(path->type);
	path->offset += offset;
	path->length += (size_t)(end + 1 - text);
	return PATH_WHOLE;
}

static enum path_end read_part(struct path *path, const char *text)
{
	switch (text[0]) {
	case '.':
		return read_field(path, text);
	case '[':
		return read_element(path, text);
	case '+':
		return PATH_REST;
	default:
		return PATH_NOT_UNDERSTOOD;
	}
}

struct path path_read(const char *text, struct type type)
{
	struct path path = {.end = PATH_WHOLE, .type = type};

	while (path.end == PATH_WHOLE && text[path.length])
		path.end = read_part(&path, text + path.length);
	return path;
}
