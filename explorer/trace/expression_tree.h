/*
 * Expressions as trees, and the words they are made of (private to
 * trace/expression*.c; evaluating one is for whoever was handed its nodes).
 */
#ifndef EXPLORER_TRACE_EXPRESSION_TREE_H
#define EXPLORER_TRACE_EXPRESSION_TREE_H

#include "base/buffer.h"
#include "trace/expression.h"

/* Holds every product of two numbers of 64 bits but the largest ones. */
__extension__ typedef __int128 wide;

struct number {
	wide value; /* -2^63 .. 2^64 - 1 */
	bool is_unsigned;
};

/* BINARY(identifier, text, precedence): a higher one binds more tightly. */
#define BINARY_OPERATORS                                                       \
	BINARY(OR, "||", 1)                                                    \
	BINARY(AND, "&&", 2)                                                   \
	BINARY(BIT_OR, "|", 3)                                                 \
	BINARY(BIT_XOR, "^", 4)                                                \
	BINARY(BIT_AND, "&", 5)                                                \
	BINARY(EQUAL, "==", 6)                                                 \
	BINARY(UNEQUAL, "!=", 6)                                               \
	BINARY(LESS, "<", 7)                                                   \
	BINARY(LESS_EQUAL, "<=", 7)                                            \
	BINARY(MORE, ">", 7)                                                   \
	BINARY(MORE_EQUAL, ">=", 7)                                            \
	BINARY(LEFT, "<<", 8)                                                  \
	BINARY(RIGHT, ">>", 8)                                                 \
	BINARY(ADD, "+", 9)                                                    \
	BINARY(SUBTRACT, "-", 9)                                               \
	BINARY(MULTIPLY, "*", 10)                                              \
	BINARY(DIVIDE, "/", 10)                                                \
	BINARY(REMAINDER, "%", 10)

enum node_kind {
#define BINARY(identifier, text, precedence) NODE_##identifier,
	BINARY_OPERATORS
#undef BINARY
		NODE_BINARY_COUNT,
	NODE_NEGATE = NODE_BINARY_COUNT,
	NODE_PLUS,
	NODE_NOT,
	NODE_COMPLEMENT,
	NODE_CHOOSE, /* a ? b : c */
	NODE_NUMBER,
	NODE_NAME
};

/* Nodes refer to each other by their place in the expression's list. */
struct node {
	enum node_kind kind;
	unsigned depth;	      /* of the tree below, this node included */
	size_t column;	      /* of the operator, number or name */
	size_t child[3];      /* as many as the kind has */
	size_t name;	      /* NODE_NAME */
	struct number number; /* NODE_NUMBER */
};

struct expression {
	struct node *nodes;
	size_t node_count;
	char **names;
	size_t name_count;
	size_t root;
};

/* Why there is no value, and the operator or name that is to blame. */
enum expression_fault_kind {
	FAULT_DIVISION,
	FAULT_SHIFT,
	FAULT_RANGE,
	FAULT_NO_INTEGER
};
struct expression_fault {
	enum expression_fault_kind kind;
	const struct node *node;
};

/* Needs no names. False with *ret_fault. (expression_evaluate.c) */
bool expression_run(const struct expression *expression,
		    const struct expression_scope *scope,
		    struct number *ret_number,
		    struct expression_fault *ret_fault);

/* Its nodes as bytes, and back: an expression without names, whose root is the
 * last node. Returns 0; -1 if the bytes are none, or use more than `name_count`
 * names. Ended by expression_forget(). (expression_code.c) */
void expression_put(struct buffer *buffer, const struct expression *expression);
int expression_get(const void *bytes, size_t length, size_t name_count,
		   struct expression *ret_expression);
void expression_forget(struct expression *expression);

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_OPERATOR };

struct token {
	enum token_kind kind;
	size_t column;
	size_t length;	      /* in the text */
	struct number number; /* TOKEN_NUMBER */
	bool has_file;	      /* TOKEN_NAME: a colon was taken into it */
};

/*
 * Takes the text apart.
 *
 * Invariants: token is the word at next - token.length, its column counted
 * from text; name holds the text of the last TOKEN_NAME, and a final zero
 * behind its length.
 */
struct lexer {
	const char *text;
	const char *next;
	struct token token;
	struct buffer name;
	struct expression_error *error;
};

/* Goes to the next token. False after *error has been filled in. */
bool lexer_next(struct lexer *lexer);
/* The current token is this operator. */
bool lexer_is(const struct lexer *lexer, const char *operator);
/* At `next` a literal begins: the token becomes its number. */
bool lexer_read_number(struct lexer *lexer);
bool lexer_read_character(struct lexer *lexer);
/* Behind the letters, digits and underscores. */
const char *lexer_skip_identifier(const char *at);

/* <ctype.h> would ask the locale. */
static inline bool lexer_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool lexer_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Fills in *error; always returns false. */
bool lexer_fail(struct lexer *lexer, size_t column, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
