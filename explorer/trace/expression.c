/*
 * Expressions parsed: by climbing precedences for operators of two operands,
 * by descent for the rest.
 */
#include "trace/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "trace/expression_tree.h"
#include "trace/trace_format.h"

struct parser {
	struct lexer lexer;
	struct expression *expression;
	unsigned depth; /* of calls */
	/* The last name that took a colon into itself; length 0: none. */
	struct token file_name;
};

static bool parse_conditional(struct parser *parser, size_t *ret_node);

static bool add_node(struct parser *parser, struct node node, unsigned children,
		     size_t *ret_node)
{
	struct expression *expression = parser->expression;

	node.depth = 1;
	for (unsigned i = 0; i < children; i++) {
		unsigned depth = expression->nodes[node.child[i]].depth + 1;

		if (depth > node.depth)
			node.depth = depth;
	}
	if (node.depth > EXPRESSION_DEPTH_MAX)
		return lexer_fail(&parser->lexer, node.column,
				  "the expression is too long");
	expression->nodes = list_grow(expression->nodes, expression->node_count,
				      sizeof(*expression->nodes));
	expression->nodes[expression->node_count] = node;
	*ret_node = expression->node_count++;
	return true;
}

/* Returns the name's place in the list of distinct names. */
static size_t add_name(struct expression *expression, const char *name)
{
	for (size_t i = 0; i < expression->name_count; i++) {
		if (strcmp(expression->names[i], name) == 0)
			return i;
	}
	expression->names = list_grow(expression->names, expression->name_count,
				      sizeof(*expression->names));
	expression->names[expression->name_count] = text_format("%s", name);
	return expression->name_count++;
}

static bool parse_name(struct parser *parser, size_t *ret_node)
{
	const struct token *token = &parser->lexer.token;
	const char *name = (const char *)parser->lexer.name.data;
	bool is_quoted = parser->lexer.next[-1] == '"';
	struct node node = {.kind = NODE_NUMBER, .column = token->column};

	if (token->has_file)
		parser->file_name = *token;
	if (!is_quoted && strcmp(name, "true") == 0) {
		node.number.value = 1;
	} else if (is_quoted || strcmp(name, "false") != 0) {
		node.kind = NODE_NAME;
		node.name = add_name(parser->expression, name);
	}
	return add_node(parser, node, 0, ret_node) &&
	       lexer_next(&parser->lexer);
}

static bool parse_number(struct parser *parser, size_t *ret_node)
{
	const struct token *token = &parser->lexer.token;
	struct node node = {
		.kind = NODE_NUMBER,
		.column = token->column,
		.number = token->number,
	};

	return add_node(parser, node, 0, ret_node) &&
	       lexer_next(&parser->lexer);
}

static bool parse_parenthesis(struct parser *parser, size_t *ret_node)
{
	size_t column = parser->lexer.token.column;

	if (!lexer_next(&parser->lexer) || !parse_conditional(parser, ret_node))
		return false;
	if (!lexer_is(&parser->lexer, ")"))
		return lexer_fail(&parser->lexer, parser->lexer.token.column,
				  "')' is missing for the '(' in column %zu",
				  column);
	return lexer_next(&parser->lexer);
}

static bool fail_no_value(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	const struct token *token = &lexer->token;

	if (token->kind == TOKEN_END)
		return lexer_fail(lexer, token->column,
				  "a value is missing at the end");
	return lexer_fail(lexer, token->column,
			  "a value should stand before '%.*s'",
			  (int)token->length, lexer->next - token->length);
}

static bool parse_primary(struct parser *parser, size_t *ret_node)
{
	switch (parser->lexer.token.kind) {
	case TOKEN_NUMBER:
		return parse_number(parser, ret_node);
	case TOKEN_NAME:
		return parse_name(parser, ret_node);
	case TOKEN_OPERATOR:
		if (lexer_is(&parser->lexer, "("))
			return parse_parenthesis(parser, ret_node);
		break;
	case TOKEN_END:
		break;
	}
	return fail_no_value(parser);
}

/* NODE_NUMBER if the token is no operator of one operand. */
static enum node_kind unary_kind(const struct lexer *lexer)
{
	if (lexer_is(lexer, "-"))
		return NODE_NEGATE;
	if (lexer_is(lexer, "+"))
		return NODE_PLUS;
	if (lexer_is(lexer, "!"))
		return NODE_NOT;
	return lexer_is(lexer, "~") ? NODE_COMPLEMENT : NODE_NUMBER;
}

static bool parse_unary(struct parser *parser, size_t *ret_node)
{
	struct node node = {
		.kind = unary_kind(&parser->lexer),
		.column = parser->lexer.token.column,
	};
	bool fine;

	if (node.kind == NODE_NUMBER)
		return parse_primary(parser, ret_node);
	if (parser->depth == EXPRESSION_DEPTH_MAX)
		return lexer_fail(&parser->lexer, node.column,
				  "the expression is nested too deeply");
	parser->depth++;
	fine = lexer_next(&parser->lexer) &&
	       parse_unary(parser, &node.child[0]) &&
	       add_node(parser, node, 1, ret_node);
	parser->depth--;
	return fine;
}

/* 0 if the token is no operator of two operands. */
static unsigned binary_precedence(const struct lexer *lexer,
				  enum node_kind *ret_kind)
{
	static const struct {
		const char *text;
		unsigned precedence;
	} table[] = {
#define BINARY(identifier, text, precedence) {text, precedence},
		BINARY_OPERATORS
#undef BINARY
	};

	for (unsigned i = 0; i < NODE_BINARY_COUNT; i++) {
		if (lexer_is(lexer, table[i].text)) {
			*ret_kind = (enum node_kind)i;
			return table[i].precedence;
		}
	}
	return 0;
}

/* Operators that bind at least as tightly as `least`; equal ones from the
 * left. */
static bool parse_binary(struct parser *parser, unsigned least,
			 size_t *ret_node)
{
	struct node node;
	size_t left = 0;

	if (!parse_unary(parser, &left))
		return false;
	for (;;) {
		unsigned precedence;

		node = (struct node){.column = parser->lexer.token.column};
		precedence = binary_precedence(&parser->lexer, &node.kind);
		if (precedence < least || !precedence)
			break;
		node.child[0] = left;
		if (!lexer_next(&parser->lexer) ||
		    !parse_binary(parser, precedence + 1, &node.child[1]) ||
		    !add_node(parser, node, 2, &left))
			return false;
	}
	*ret_node = left;
	return true;
}

static bool fail_no_colon(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	const struct token *name = &parser->file_name;

	if (!name->length)
		return lexer_fail(lexer, lexer->token.column,
				  "':' is missing for the '?' before");
	return lexer_fail(lexer, lexer->token.column,
			  "':' is missing for the '?' before (the one in "
			  "column %zu belongs to a file's name; put blanks "
			  "around it if it should not)",
			  name->column);
}

/* Behind the condition; the token is '?'. */
static bool parse_branches(struct parser *parser, size_t condition,
			   size_t *ret_node)
{
	struct node node = {
		.kind = NODE_CHOOSE,
		.column = parser->lexer.token.column,
		.child = {condition},
	};

	if (!lexer_next(&parser->lexer) ||
	    !parse_conditional(parser, &node.child[1]))
		return false;
	if (!lexer_is(&parser->lexer, ":"))
		return fail_no_colon(parser);
	return lexer_next(&parser->lexer) &&
	       parse_conditional(parser, &node.child[2]) &&
	       add_node(parser, node, 3, ret_node);
}

static bool parse_conditional(struct parser *parser, size_t *ret_node)
{
	size_t condition = 0;
	bool fine;

	if (parser->depth == EXPRESSION_DEPTH_MAX)
		return lexer_fail(&parser->lexer, parser->lexer.token.column,
				  "the expression is nested too deeply");
	parser->depth++;
	fine = parse_binary(parser, 1, &condition);
	if (fine && lexer_is(&parser->lexer, "?"))
		fine = parse_branches(parser, condition, ret_node);
	else
		*ret_node = condition;
	parser->depth--;
	return fine;
}

static bool fail_more(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	const struct token *token = &lexer->token;

	if (lexer_is(lexer, ")"))
		return lexer_fail(lexer, token->column,
				  "this ')' closes nothing");
	if (lexer_is(lexer, ":"))
		return lexer_fail(lexer, token->column,
				  "this ':' has no '?' before it");
	return lexer_fail(lexer, token->column,
			  "an operator is missing before '%.*s'",
			  (int)(token->length < 40 ? token->length : 40),
			  lexer->next - token->length);
}

static bool want_something(struct parser *parser)
{
	return parser->lexer.token.kind != TOKEN_END ||
	       lexer_fail(&parser->lexer, 1, "the expression is empty");
}

int expression_parse(const char *text, struct expression **ret_expression,
		     struct expression_error *ret_error)
{
	struct parser parser = {
		.lexer = {.text = text, .next = text, .error = ret_error},
		.expression = memory_new(sizeof(*parser.expression)),
	};
	bool fine = lexer_next(&parser.lexer) && want_something(&parser) &&
		    parse_conditional(&parser, &parser.expression->root);

	if (fine && parser.lexer.token.kind != TOKEN_END)
		fine = fail_more(&parser);
	buffer_fini(&parser.lexer.name);
	if (!fine) {
		expression_free(parser.expression);
		return -1;
	}
	*ret_expression = parser.expression;
	return 0;
}

void expression_free(struct expression *expression)
{
	if (!expression)
		return;
	for (size_t i = 0; i < expression->name_count; i++)
		free(expression->names[i]);
	free(expression->names);
	free(expression->nodes);
	memory_free(expression, sizeof(*expression));
}

size_t expression_name_count(const struct expression *expression)
{
	return expression->name_count;
}

const char *expression_name(const struct expression *expression, size_t i)
{
	return expression->names[i];
}
