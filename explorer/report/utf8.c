/*
 * Which bytes are UTF-8.
 */
#include "report/utf8.h"

#include <string.h>

/* How long a character is that begins with this byte, and the least value of
 * one of that length; 0 for a byte that begins none. */
static size_t announced(uint8_t first, uint32_t *ret_least)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size = first < 0x80   ? 1
		      : first < 0xc0 ? 0
		      : first < 0xe0 ? 2
		      : first < 0xf0 ? 3
		      : first < 0xf8 ? 4
				     : 0;

	*ret_least = least[size];
	return size;
}

size_t utf8_length(const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint32_t least;
	size_t size = length > 0 ? announced(*at, &least) : 0;
	uint32_t point;

	if (size <= 1)
		return size;
	if (size > length)
		return 0;
	point = *at & (0xffU >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (at[i] & 0x3fU);
	}
	if (point < least || point > 0x10ffff ||
	    (point >= 0xd800 && point < 0xe000))
		return 0;
	return size;
}

size_t utf8_whole(const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint32_t least;

	for (size_t back = 1; back <= 3 && back <= length; back++) {
		size_t size = announced(at[length - back], &least);

		if (size > 0)
			return size > back ? length - back : length;
	}
	return length;
}

bool utf8_repair(struct buffer *text, const void *bytes, size_t length)
{
	const uint8_t *next = bytes;
	const uint8_t *end = next + length;
	bool valid = true;

	while (next < end) {
		size_t size = utf8_length(next, (size_t)(end - next));

		if (size > 0) {
			buffer_put(text, next, size);
			next += size;
			continue;
		}
		buffer_put(text, "\xef\xbf\xbd", 3);
		next++;
		valid = false;
	}
	return valid;
}
