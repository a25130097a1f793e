/*
 * The words of an expression.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "trace/expression_tree.h"

bool lexer_fail(struct lexer *lexer, size_t column, const char *format, ...)
{
	va_list arguments;

	lexer->error->column = column;
	va_start(arguments, format);
	vsnprintf(lexer->error->message, sizeof(lexer->error->message), format,
		  arguments);
	va_end(arguments);
	return false;
}

bool lexer_is(const struct lexer *lexer, const char *operator)
{
	return lexer->token.kind == TOKEN_OPERATOR &&
	       lexer->token.length == strlen(operator) &&
	       memcmp(lexer->next - lexer->token.length, operator,
		      lexer->token.length) == 0;
}

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t\n\r\v\f");
}

/* --- Names */

/* The name so far is one that source files have. */
static bool looks_like_file(const char *name)
{
	static const char *const endings[] = {".c",   ".h",   ".cc",  ".cpp",
					      ".cxx", ".c++", ".hpp", ".hh",
					      ".inc", ".C",   ".H"};
	const char *ending = strrchr(name, '.');

	for (size_t i = 0; ending && i < sizeof(endings) / sizeof(endings[0]);
	     i++) {
		if (strcmp(ending, endings[i]) == 0)
			return true;
	}
	return false;
}

static void take_identifier(struct lexer *lexer)
{
	const char *end = lexer_skip_identifier(lexer->next);

	buffer_put(&lexer->name, lexer->next, (size_t)(end - lexer->next));
	text_add(&lexer->name, "%s", "");
	lexer->next = end;
}

/* [3], also [ 0x3 ]: written in decimal, as --watch takes it. */
static bool take_index(struct lexer *lexer)
{
	struct token name = lexer->token;

	lexer->next = skip_blanks(lexer->next + 1);
	lexer->token.column = (size_t)(lexer->next - lexer->text) + 1;
	if (!lexer_is_digit(*lexer->next))
		return lexer_fail(lexer, lexer->token.column,
				  "an index should be a number");
	if (!lexer_read_number(lexer))
		return false;
	text_add(&lexer->name, "[%llu]",
		 (unsigned long long)lexer->token.number.value);
	lexer->next = skip_blanks(lexer->next);
	if (*lexer->next != ']')
		return lexer_fail(lexer,
				  (size_t)(lexer->next - lexer->text) + 1,
				  "']' is missing: an index should be a "
				  "number");
	lexer->next++;
	lexer->token = name;
	return true;
}

/* .field; the blanks around it are dropped. */
static bool take_field(struct lexer *lexer)
{
	lexer->next = skip_blanks(lexer->next + 1);
	if (!lexer_is_letter(*lexer->next))
		return lexer_fail(lexer,
				  (size_t)(lexer->next - lexer->text) + 1,
				  "a field's name should stand behind '.'");
	text_add(&lexer->name, ".");
	take_identifier(lexer);
	return true;
}

/* The rest of a name whose first identifier has been taken. */
static bool take_path(struct lexer *lexer)
{
	for (;;) {
		const char *at = skip_blanks(lexer->next);

		if (*at != '.' && *at != '[') {
			if (at[0] == '-' && at[1] == '>')
				return lexer_fail(
					lexer, (size_t)(at - lexer->text) + 1,
					"pointers cannot be followed here");
			return true;
		}
		lexer->next = at;
		if (!(*at == '.' ? take_field(lexer) : take_index(lexer)))
			return false;
	}
}

static bool read_name(struct lexer *lexer)
{
	lexer->token.kind = TOKEN_NAME;
	buffer_clear(&lexer->name);
	take_identifier(lexer);
	if (!take_path(lexer))
		return false;
	if (lexer->next[0] != ':' || !lexer_is_letter(lexer->next[1]) ||
	    !looks_like_file((const char *)lexer->name.data))
		return true;
	lexer->token.has_file = true;
	text_add(&lexer->name, ":");
	lexer->next++;
	take_identifier(lexer);
	return take_path(lexer);
}

static bool read_quoted_name(struct lexer *lexer)
{
	const char *first = lexer->next + 1;
	size_t length = strcspn(first, "\"");

	if (length == 0 || !first[length])
		return lexer_fail(lexer, lexer->token.column,
				  "a name and a closing quote should follow "
				  "here");
	buffer_clear(&lexer->name);
	buffer_put(&lexer->name, first, length);
	text_add(&lexer->name, "%s", "");
	lexer->next = first + length + 1;
	lexer->token.kind = TOKEN_NAME;
	return true;
}

/* --- Operators */

/* Words of C that would otherwise be read as two of ours. */
static const struct {
	const char *text;
	const char *message;
} refused[] = {
	{"<<=", "nothing can be assigned here"},
	{">>=", "nothing can be assigned here"},
	{"++", "nothing can be incremented here"},
	{"--", "nothing can be decremented here"},
	{"+=", "nothing can be assigned here"},
	{"-=", "nothing can be assigned here"},
	{"*=", "nothing can be assigned here"},
	{"/=", "nothing can be assigned here"},
	{"%=", "nothing can be assigned here"},
	{"&=", "nothing can be assigned here"},
	{"|=", "nothing can be assigned here"},
	{"^=", "nothing can be assigned here"},
};

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool fail_unknown(struct lexer *lexer)
{
	char c = *lexer->next;

	if (c == '=')
		return lexer_fail(lexer, lexer->token.column,
				  "'=' assigns; '==' compares");
	if (c >= ' ' && c <= '~')
		return lexer_fail(lexer, lexer->token.column,
				  "'%c' has no meaning here", c);
	return lexer_fail(lexer, lexer->token.column,
			  "the byte 0x%02x has no meaning here", (uint8_t)c);
}

static bool read_operator(struct lexer *lexer)
{
	static const char *const operators[] = {
#define BINARY(identifier, text, precedence) text,
		BINARY_OPERATORS
#undef BINARY
		"!",
		"~",
		"?",
		":",
		"(",
		")"};
	size_t longest = 0;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (starts_with(lexer->next, refused[i].text))
			return lexer_fail(lexer, lexer->token.column, "%s",
					  refused[i].message);
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (starts_with(lexer->next, operators[i]) &&
		    strlen(operators[i]) > longest)
			longest = strlen(operators[i]);
	}
	if (!longest)
		return fail_unknown(lexer);
	lexer->next += longest;
	lexer->token.kind = TOKEN_OPERATOR;
	return true;
}

static bool read_token(struct lexer *lexer)
{
	char c = *lexer->next;

	if (!c)
		return true;
	if (lexer_is_digit(c))
		return lexer_read_number(lexer);
	if (c == '\'')
		return lexer_read_character(lexer);
	if (c == '"')
		return read_quoted_name(lexer);
	if (lexer_is_letter(c))
		return read_name(lexer);
	return read_operator(lexer);
}

bool lexer_next(struct lexer *lexer)
{
	const char *first = skip_blanks(lexer->next);

	lexer->next = first;
	lexer->token = (struct token){
		.kind = TOKEN_END,
		.column = (size_t)(first - lexer->text) + 1,
	};
	if (!read_token(lexer))
		return false;
	lexer->token.length = (size_t)(lexer->next - first);
	return true;
}
