/*
 * Bytes in base 64.
 */
#include "report/base64.h"

#include <stdint.h>

#include "base/memory.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/=";
#define PADDING 64

char *base64_encode(const void *bytes, size_t length)
{
	const uint8_t *from = bytes;
	char *text = memory_new((length + 2) / 3 * 4 + 1);
	char *to = text;

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t group = (uint32_t)from[i] << 16;

		group |= left > 1 ? (uint32_t)from[i + 1] << 8 : 0;
		group |= left > 2 ? from[i + 2] : 0;
		*to++ = digits[group >> 18];
		*to++ = digits[group >> 12 & 63];
		*to++ = digits[left > 1 ? group >> 6 & 63 : PADDING];
		*to++ = digits[left > 2 ? group & 63 : PADDING];
	}
	*to = '\0';
	return text;
}
