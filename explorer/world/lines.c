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

/* Four lines at a time: a bit for each four in which any differs. There is no
 * branch, as nobody can foretell which do. */
__attribute__((target("avx2"))) static inline uint64_t
fours_differing(const uint8_t *lines, const uint8_t *others, size_t count)
{
	uint64_t fours = 0;

	for (size_t i = 0; i + 4 <= count; i += 4) {
		const uint8_t *a = lines + i * LINE_BYTES;
		const uint8_t *b = others + i * LINE_BYTES;
		__m256i any = difference_avx2(a, b) |
			      difference_avx2(a + 64, b + 64) |
			      difference_avx2(a + 128, b + 128) |
			      difference_avx2(a + 192, b + 192);

		fours |= is_any(any) << i / 4;
	}
	return fours;
}

__attribute__((target("avx2"))) static uint64_t
compare_avx2(const uint8_t *lines, const uint8_t *others, size_t count)
{
	uint64_t fours = fours_differing(lines, others, count);
	uint64_t differing = 0;

	for (size_t i = count & ~(size_t)3; i < count; i++)
		differing |= is_any(difference_avx2(lines + i * LINE_BYTES,
						    others + i * LINE_BYTES))
			     << i;
	for (; fours != 0; fours &= fours - 1) {
		size_t first = (size_t)__builtin_ctzll(fours) * 4;

		for (size_t i = first; i < first + 4; i++)
			differing |=
				is_any(difference_avx2(lines + i * LINE_BYTES,
						       others + i * LINE_BYTES))
				<< i;
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
