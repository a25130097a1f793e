/*
 * Expressions evaluated, as expression.h says, without a step that C leaves
 * undefined: every intermediate result fits 128 bits and is checked to fit 64.
 *
 * In both programs: the library evaluates in states of the program under test,
 * and has no words for what goes wrong (expression_fault.c has).
 */
#include <assert.h>

#include "trace/expression_tree.h"

struct evaluation {
	const struct expression *expression;
	const struct expression_scope *scope;
	struct expression_fault *fault;
};

static bool evaluate(const struct evaluation *evaluation, size_t index,
		     struct number *ret_number);

static bool fail(const struct evaluation *evaluation, const struct node *node,
		 enum expression_fault_kind kind)
{
	*evaluation->fault =
		(struct expression_fault){.kind = kind, .node = node};
	return false;
}

static struct number truth(bool is_true)
{
	return (struct number){.value = is_true};
}

/* An exact result, brought into range as its operands demand. */
static bool settle(const struct evaluation *evaluation, const struct node *node,
		   struct number exact, struct number *ret_number)
{
	if (exact.is_unsigned)
		exact.value = (uint64_t)exact.value;
	if (exact.value < INT64_MIN || exact.value > UINT64_MAX)
		return fail(evaluation, node, FAULT_RANGE);
	*ret_number = exact;
	return true;
}

static struct number of_bits(uint64_t bits, bool is_unsigned)
{
	struct number number = {.value = bits, .is_unsigned = is_unsigned};

	if (!is_unsigned && bits > INT64_MAX)
		number.value -= (wide)UINT64_MAX + 1;
	return number;
}

/* Only an unsigned 64-bit number can be as large. */
static bool is_unsigned(struct number number)
{
	return number.is_unsigned || number.value > INT64_MAX;
}

static bool shift(const struct evaluation *evaluation, const struct node *node,
		  struct number a, struct number b, struct number *ret_number)
{
	wide factor;

	if (b.value < 0 || b.value > 63)
		return fail(evaluation, node, FAULT_SHIFT);
	factor = (wide)1 << (int)b.value;
	if (node->kind == NODE_LEFT) {
		a.value *= factor;
		return settle(evaluation, node, a, ret_number);
	}
	/* Division that rounds down is what an arithmetic shift does. */
	if (a.value < 0)
		a.value -= factor - 1;
	a.value /= factor;
	*ret_number = a;
	return true;
}

static bool divide(const struct evaluation *evaluation, const struct node *node,
		   struct number a, struct number b, struct number *ret_number)
{
	if (b.value == 0)
		return fail(evaluation, node, FAULT_DIVISION);
	if (node->kind == NODE_DIVIDE)
		a.value /= b.value;
	else
		a.value %= b.value;
	return settle(evaluation, node, a, ret_number);
}

static bool multiply(const struct evaluation *evaluation,
		     const struct node *node, struct number a, struct number b,
		     struct number *ret_number)
{
	/* The largest product of all, (2^64 - 1)^2, needs 128 bits and no
	 * sign. */
	if (a.is_unsigned)
		*ret_number =
			of_bits((uint64_t)a.value * (uint64_t)b.value, true);
	else if (__builtin_mul_overflow(a.value, b.value, &a.value))
		return fail(evaluation, node, FAULT_RANGE);
	else
		return settle(evaluation, node, a, ret_number);
	return true;
}

/* C's usual conversion: if one operand is unsigned, both are. */
static bool calculate(const struct evaluation *evaluation,
		      const struct node *node, struct number a, struct number b,
		      struct number *ret_number)
{
	if (a.is_unsigned || b.is_unsigned) {
		a = of_bits((uint64_t)a.value, true);
		b = of_bits((uint64_t)b.value, true);
	}
	if (node->kind == NODE_DIVIDE || node->kind == NODE_REMAINDER)
		return divide(evaluation, node, a, b, ret_number);
	if (node->kind == NODE_MULTIPLY)
		return multiply(evaluation, node, a, b, ret_number);
	a.value += node->kind == NODE_ADD ? b.value : -b.value;
	return settle(evaluation, node, a, ret_number);
}

static bool apply(const struct evaluation *evaluation, const struct node *node,
		  struct number a, struct number b, struct number *ret_number)
{
	uint64_t a_bits = (uint64_t)a.value;
	uint64_t b_bits = (uint64_t)b.value;
	bool either = is_unsigned(a) || is_unsigned(b);

	switch (node->kind) {
	case NODE_BIT_OR:
		*ret_number = of_bits(a_bits | b_bits, either);
		return true;
	case NODE_BIT_XOR:
		*ret_number = of_bits(a_bits ^ b_bits, either);
		return true;
	case NODE_BIT_AND:
		*ret_number = of_bits(a_bits & b_bits, either);
		return true;
	case NODE_EQUAL:
		*ret_number = truth(a.value == b.value);
		return true;
	case NODE_UNEQUAL:
		*ret_number = truth(a.value != b.value);
		return true;
	case NODE_LESS:
		*ret_number = truth(a.value < b.value);
		return true;
	case NODE_LESS_EQUAL:
		*ret_number = truth(a.value <= b.value);
		return true;
	case NODE_MORE:
		*ret_number = truth(a.value > b.value);
		return true;
	case NODE_MORE_EQUAL:
		*ret_number = truth(a.value >= b.value);
		return true;
	case NODE_LEFT:
	case NODE_RIGHT:
		return shift(evaluation, node, a, b, ret_number);
	case NODE_ADD:
	case NODE_SUBTRACT:
	case NODE_MULTIPLY:
	case NODE_DIVIDE:
	case NODE_REMAINDER:
		return calculate(evaluation, node, a, b, ret_number);
	case NODE_OR:
	case NODE_AND:
	case NODE_NEGATE:
	case NODE_PLUS:
	case NODE_NOT:
	case NODE_COMPLEMENT:
	case NODE_CHOOSE:
	case NODE_NUMBER:
	case NODE_NAME:
		break;
	}
	assert(!"the node has two operands, both evaluated");
	return false;
}

static bool evaluate_binary(const struct evaluation *evaluation,
			    const struct node *node, struct number *ret_number)
{
	struct number a = {0};
	struct number b = {0};

	return evaluate(evaluation, node->child[0], &a) &&
	       evaluate(evaluation, node->child[1], &b) &&
	       apply(evaluation, node, a, b, ret_number);
}

/* && and ||: the second operand counts only if the first does not decide. */
static bool evaluate_logical(const struct evaluation *evaluation,
			     const struct node *node, struct number *ret_number)
{
	bool deciding = node->kind == NODE_OR;
	struct number operand = {0};

	for (unsigned i = 0; i < 2; i++) {
		if (!evaluate(evaluation, node->child[i], &operand))
			return false;
		if ((operand.value != 0) == deciding) {
			*ret_number = truth(deciding);
			return true;
		}
	}
	*ret_number = truth(!deciding);
	return true;
}

static bool evaluate_choice(const struct evaluation *evaluation,
			    const struct node *node, struct number *ret_number)
{
	struct number condition = {0};

	if (!evaluate(evaluation, node->child[0], &condition))
		return false;
	return evaluate(evaluation, node->child[condition.value ? 1 : 2],
			ret_number);
}

static bool evaluate_unary(const struct evaluation *evaluation,
			   const struct node *node, struct number *ret_number)
{
	struct number operand = {0};

	if (!evaluate(evaluation, node->child[0], &operand))
		return false;
	if (node->kind == NODE_NOT) {
		*ret_number = truth(operand.value == 0);
		return true;
	}
	if (node->kind == NODE_COMPLEMENT) {
		*ret_number =
			of_bits(~(uint64_t)operand.value, is_unsigned(operand));
		return true;
	}
	if (node->kind == NODE_NEGATE)
		operand.value = -operand.value;
	return settle(evaluation, node, operand, ret_number);
}

static bool evaluate_name(const struct evaluation *evaluation,
			  const struct node *node, struct number *ret_number)
{
	struct integer value = {0};

	if (!evaluation->scope->lookup(evaluation->scope->context, node->name,
				       &value))
		return fail(evaluation, node, FAULT_NO_INTEGER);
	*ret_number = of_bits(value.bits, value.is_unsigned);
	/* A smaller number may be of either type. */
	ret_number->is_unsigned = ret_number->value > INT64_MAX;
	return true;
}

static bool evaluate(const struct evaluation *evaluation, size_t index,
		     struct number *ret_number)
{
	const struct node *node = &evaluation->expression->nodes[index];

	switch (node->kind) {
	case NODE_NUMBER:
		*ret_number = node->number;
		return true;
	case NODE_NAME:
		return evaluate_name(evaluation, node, ret_number);
	case NODE_CHOOSE:
		return evaluate_choice(evaluation, node, ret_number);
	case NODE_NEGATE:
	case NODE_PLUS:
	case NODE_NOT:
	case NODE_COMPLEMENT:
		return evaluate_unary(evaluation, node, ret_number);
	case NODE_OR:
	case NODE_AND:
		return evaluate_logical(evaluation, node, ret_number);
	case NODE_BIT_OR:
	case NODE_BIT_XOR:
	case NODE_BIT_AND:
	case NODE_EQUAL:
	case NODE_UNEQUAL:
	case NODE_LESS:
	case NODE_LESS_EQUAL:
	case NODE_MORE:
	case NODE_MORE_EQUAL:
	case NODE_LEFT:
	case NODE_RIGHT:
	case NODE_ADD:
	case NODE_SUBTRACT:
	case NODE_MULTIPLY:
	case NODE_DIVIDE:
	case NODE_REMAINDER:
		break;
	}
	return evaluate_binary(evaluation, node, ret_number);
}

bool expression_run(const struct expression *expression,
		    const struct expression_scope *scope,
		    struct number *ret_number,
		    struct expression_fault *ret_fault)
{
	struct evaluation evaluation = {
		.expression = expression,
		.scope = scope,
		.fault = ret_fault,
	};

	return evaluate(&evaluation, expression->root, ret_number);
}
