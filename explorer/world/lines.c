/*
 * Comparing lines. See lines.h. Where nothing has changed, which is nearly
 * everywhere, all time goes here: so it is done in the widest registers that
 * every processor of the kind is likely to have, four lines at a time.
 */
#include "world/lines.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline bool differs(const uint8_t *line, const uint8_t *other)
{
	const line_words *a = (const line_words *)line;
	const line_words *b = (const line_words *)other;
	line_words any =
		(a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]);

	return (any[0] | any[1]) != 0;
}

static uint64_t compare(const uint8_t *lines, const uint8_t *others,
			size_t count)
{
	uint64_t differing = 0;

	for (size_t i = 0; i < count; i++)
		differing |= (uint64_t)differs(lines + i * LINE_BYTES,
					       others + i * LINE_BYTES)
			     << i;
	return differing;
}

static bool are_zero(const uint8_t *lines, size_t count)
{
	size_t i = 0;

	while (i < count && line_is_zero(lines + i * LINE_BYTES))
		i++;
	return i == count;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static inline __m256i
difference_avx2(const uint8_t *line, const uint8_t *other)
{
	const __m256i_u *a = (const __m256i_u *)line;
	const __m256i_u *b = (const __m256i_u *)other;

	return (a[0] ^ b[0]) | (a[1] ^ b[1]);
}

__attribute__((target("avx2"))) static inline uint64_t is_any(__m256i words)
{
	return (uint64_t)!_mm256_testz_si256(words, words);
}

__attribute__((target("avx2"))) static uint64_t
compare_avx2(const uint8_t *lines, const uint8_t *others, size_t count)
{
	uint64_t differing = 0;
	size_t i = 0;

	for (; i + 4 <= count; i += 4) {
		const uint8_t *a = lines + i * LINE_BYTES;
		const uint8_t *b = others + i * LINE_BYTES;
		__m256i d0 = difference_avx2(a, b);
		__m256i d1 = difference_avx2(a + 64, b + 64);
		__m256i d2 = difference_avx2(a + 128, b + 128);
		__m256i d3 = difference_avx2(a + 192, b + 192);
		__m256i any = d0 | d1 | d2 | d3;

		if (__builtin_expect(_mm256_testz_si256(any, any), 1))
			continue;
		differing |= (is_any(d0) | is_any(d1) << 1 | is_any(d2) << 2 |
			      is_any(d3) << 3)
			     << i;
	}
	for (; i < count; i++) {
		__m256i one = difference_avx2(lines + i * LINE_BYTES,
					      others + i * LINE_BYTES);

		differing |= is_any(one) << i;
	}
	return differing;
}

__attribute__((target("avx2"))) static bool are_zero_avx2(const uint8_t *lines,
							  size_t count)
{
	const __m256i_u *words = (const __m256i_u *)lines;
	__m256i any = {0};

	for (size_t i = 0; i < count; i++)
		any |= words[2 * i] | words[2 * i + 1];
	return _mm256_testz_si256(any, any);
}

bool lines_are_zero(const uint8_t *lines, size_t count)
{
	if (__builtin_cpu_supports("avx2"))
		return are_zero_avx2(lines, count);
	return are_zero(lines, count);
}

uint64_t lines_differing(const uint8_t *lines, const uint8_t *others,
			 size_t count)
{
	if (__builtin_cpu_supports("avx2"))
		return compare_avx2(lines, others, count);
	return compare(lines, others, count);
}
#else
uint64_t lines_differing(const uint8_t *lines, const uint8_t *others,
			 size_t count)
{
	return compare(lines, others, count);
}

bool lines_are_zero(const uint8_t *lines, size_t count)
{
	return are_zero(lines, count);
}
#endif
