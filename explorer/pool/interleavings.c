/*
 * Numbers of interleavings. See interleavings.h.
 */
#include "pool/interleavings.h"

#include <gmp.h>
#include <stdlib.h>

#include "trace/trace.h"

char *interleavings_text(const uint64_t *words, size_t count)
{
	mpz_t number;
	char *text;

	mpz_init(number);
	mpz_import(number, count, -1, sizeof(*words), 0, 0, words);
	text = mpz_get_str(NULL, 10, number);
	mpz_clear(number);
	return text;
}

void interleavings_add(struct outcome *to, const struct outcome *from)
{
	mpz_t sum;
	mpz_t other;

	if (!to->interleavings || !from->interleavings)
		return;
	mpz_init_set_str(sum, to->interleavings, 10);
	mpz_init_set_str(other, from->interleavings, 10);
	mpz_add(sum, sum, other);
	free(to->interleavings);
	to->interleavings = mpz_get_str(NULL, 10, sum);
	mpz_clear(sum);
	mpz_clear(other);
}

/* part / whole, both of which may be beyond any floating-point number. */
static double share_of(const mpz_t part, const mpz_t whole)
{
	mpf_t share;
	mpf_t divisor;
	double value;

	mpf_init(share);
	mpf_init(divisor);
	mpf_set_z(share, part);
	mpf_set_z(divisor, whole);
	mpf_div(share, share, divisor);
	value = mpf_get_d(share);
	mpf_clear(share);
	mpf_clear(divisor);
	return value;
}

void interleavings_share(struct result *result)
{
	mpz_t whole;
	mpz_t part;

	mpz_init(whole);
	mpz_init(part);
	for (size_t i = 0; i < result->outcome_count; i++) {
		if (!result->outcomes[i].interleavings)
			continue;
		mpz_set_str(part, result->outcomes[i].interleavings, 10);
		mpz_add(whole, whole, part);
	}
	for (size_t i = 0; i < result->outcome_count; i++) {
		struct outcome *outcome = &result->outcomes[i];

		if (!outcome->interleavings || mpz_sgn(whole) == 0)
			continue;
		mpz_set_str(part, outcome->interleavings, 10);
		outcome->share = share_of(part, whole);
	}
	if (mpz_sgn(whole) > 0)
		result->interleavings = mpz_get_str(NULL, 10, whole);
	mpz_clear(whole);
	mpz_clear(part);
}
