/*
 * Numbers and characters in an expression.
 */
#include <string.h>

#include "trace/expression_tree.h"

const char *lexer_skip_identifier(const char *at)
{
	while (lexer_is_letter(*at) || lexer_is_digit(*at))
		at++;
	return at;
}

static int digit_value(char c)
{
	if (lexer_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* The base that the literal's first characters announce, which are skipped. */
static unsigned take_base(const char **at)
{
	if ((*at)[0] != '0')
		return 10;
	if ((*at)[1] == 'x' || (*at)[1] == 'X') {
		*at += 2;
		return 16;
	}
	if ((*at)[1] == 'b' || (*at)[1] == 'B') {
		*at += 2;
		return 2;
	}
	return 8;
}

/* u, l, ll, in any order and case, but not lL. */
static bool read_suffix(const char *at, size_t length, bool *ret_unsigned)
{
	static const char *const suffixes[] = {
		"",    "l",   "L",   "ll",  "LL",  "u",	  "U",	"ul",
		"uL",  "Ul",  "UL",  "lu",  "lU",  "Lu",  "LU", "ull",
		"uLL", "Ull", "ULL", "llu", "llU", "LLu", "LLU"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (strlen(suffixes[i]) == length &&
		    memcmp(suffixes[i], at, length) == 0) {
			*ret_unsigned = length && strpbrk(suffixes[i], "uU");
			return true;
		}
	}
	return false;
}

bool lexer_read_number(struct lexer *lexer)
{
	size_t column = lexer->token.column;
	const char *first = lexer->next;
	const char *digits = first;
	unsigned base = take_base(&digits);
	const char *at = digits;
	wide value = 0;
	bool has_suffix_u = false;

	for (; digit_value(*at) < (int)base; at++) {
		value = value * (int)base + digit_value(*at);
		if (value > UINT64_MAX)
			return lexer_fail(lexer, column,
					  "this number does not fit 64 bits");
	}
	lexer->next = lexer_skip_identifier(at);
	if (*at == '.' || (base == 10 && (*at == 'e' || *at == 'E')))
		return lexer_fail(lexer, column,
				  "only integers can be used here");
	if (base == 8 && lexer_is_digit(*at))
		return lexer_fail(lexer, column,
				  "a number that begins with 0 is octal, and "
				  "has no digit %c",
				  *at);
	if (at == digits ||
	    !read_suffix(at, (size_t)(lexer->next - at), &has_suffix_u))
		return lexer_fail(lexer, column, "'%.*s' is not a number",
				  (int)(lexer->next - first < 40
						? lexer->next - first
						: 40),
				  first);
	lexer->token.kind = TOKEN_NUMBER;
	lexer->token.number = (struct number){
		.value = value,
		.is_unsigned =
			has_suffix_u || (base != 10 && value > INT64_MAX),
	};
	return true;
}

/* What follows a backslash: \n, \0, \177, \x7f ... -1 if it is none. */
static int read_escape(const char **at)
{
	static const char letters[] = "abfnrtv\\'\"?";
	static const char meanings[] = "\a\b\f\n\r\t\v\\'\"?";
	const char *letter = **at ? strchr(letters, **at) : NULL;
	int base = 8;
	int most = 3;
	int value = 0;

	if (letter) {
		(*at)++;
		return meanings[letter - letters];
	}
	if (**at == 'x') {
		(*at)++;
		base = 16;
		most = 2;
	}
	if (digit_value(**at) >= base)
		return -1;
	while (most-- && digit_value(**at) < base)
		value = value * base + digit_value(*(*at)++);
	return value <= 0xff ? value : -1;
}

bool lexer_read_character(struct lexer *lexer)
{
	const char *at = lexer->next + 1;
	int value;

	if (*at == '\\') {
		at++;
		value = read_escape(&at);
	} else {
		value = *at >= ' ' && *at <= '~' && *at != '\'' ? *at++ : -1;
	}
	if (value < 0 || *at != '\'')
		return lexer_fail(lexer, lexer->token.column,
				  "one character should stand in quotes here, "
				  "such as 'a' or '\\n'");
	lexer->next = at + 1;
	lexer->token.kind = TOKEN_NUMBER;
	/* Whether a char is signed is the machine's choice, as in C. */
	lexer->token.number = (struct number){.value = (char)value};
	return true;
}
