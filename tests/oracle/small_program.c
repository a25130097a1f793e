/* See small_program.h. */
#include "oracle/small_program.h"

#include <stdlib.h>
#include <string.h>

/* What stands after the name of an operation. */
enum operands {
	OPERANDS_OBJECT,	  /* m */
	OPERANDS_OBJECT_REGISTER, /* x a */
	OPERANDS_OBJECT_VALUE,	  /* x 3, x a+1 */
	OPERANDS_CONDITION_MUTEX, /* c m */
	OPERANDS_VALUE,		  /* a+1 */
	OPERANDS_REGISTER_COUNT,  /* a 2 */
};

static const struct {
	const char *name;
	enum operands operands;
} kinds[SMALL_KINDS] = {
	[SMALL_READ] = {"read", OPERANDS_OBJECT_REGISTER},
	[SMALL_WRITE] = {"write", OPERANDS_OBJECT_VALUE},
	[SMALL_FETCH_ADD] = {"fetch_add", OPERANDS_OBJECT_VALUE},
	[SMALL_LOCK] = {"lock", OPERANDS_OBJECT},
	[SMALL_UNLOCK] = {"unlock", OPERANDS_OBJECT},
	[SMALL_TRYLOCK] = {"trylock", OPERANDS_OBJECT_REGISTER},
	[SMALL_WAIT] = {"wait", OPERANDS_CONDITION_MUTEX},
	[SMALL_SIGNAL] = {"signal", OPERANDS_OBJECT},
	[SMALL_BROADCAST] = {"broadcast", OPERANDS_OBJECT},
	[SMALL_SEM_WAIT] = {"sem_wait", OPERANDS_OBJECT},
	[SMALL_SEM_POST] = {"sem_post", OPERANDS_OBJECT},
	[SMALL_SEM_TRYWAIT] = {"sem_trywait", OPERANDS_OBJECT_REGISTER},
	[SMALL_SEM_VALUE] = {"sem_value", OPERANDS_OBJECT_REGISTER},
	[SMALL_BARRIER] = {"barrier", OPERANDS_OBJECT},
	[SMALL_OUTPUT] = {"output", OPERANDS_VALUE},
	[SMALL_SKIP_IF_ZERO] = {"skip_if_zero", OPERANDS_REGISTER_COUNT},
	[SMALL_SKIP_IF_NONZERO] = {"skip_if_nonzero", OPERANDS_REGISTER_COUNT},
};

static bool object_parse(const char *word, unsigned *ret_object)
{
	static const char *const objects[] = {"x", "y", "m", "n",
					      "c", "s", "B"};
	static const unsigned numbers[] = {0, 1, 0, 1, 0, 0, 0};

	for (size_t i = 0;
	     word != NULL && i < sizeof(numbers) / sizeof(*numbers); i++)
		if (strcmp(word, objects[i]) == 0) {
			*ret_object = numbers[i];
			return true;
		}
	return false;
}

static bool register_parse(const char *word, int *ret_register)
{
	if (word == NULL || (*word != 'a' && *word != 'b') || word[1] != '\0')
		return false;
	*ret_register = *word - 'a';
	return true;
}

static bool number_parse(const char *word, int *ret_number)
{
	char *end;

	if (word == NULL)
		return false;
	*ret_number = (int)strtol(word, &end, 10);
	return end != word && *end == '\0';
}

/* "3", "a", "a+1" */
static bool value_parse(char *word, struct small_operation *operation)
{
	operation->reg = SMALL_NO_REGISTER;
	if (word == NULL)
		return false;
	if (*word != 'a' && *word != 'b')
		return number_parse(word, &operation->constant);
	operation->reg = *word - 'a';
	return word[1] == '\0' ||
	       (word[1] == '+' && number_parse(word + 2, &operation->constant));
}

static bool operands_parse(enum operands operands, char **rest,
			   struct small_operation *operation)
{
	char *first = strsep(rest, " ");
	char *second = strsep(rest, " ");

	switch (operands) {
	case OPERANDS_OBJECT:
		return object_parse(first, &operation->object);
	case OPERANDS_OBJECT_REGISTER:
		return object_parse(first, &operation->object) &&
		       register_parse(second, &operation->reg);
	case OPERANDS_OBJECT_VALUE:
		return object_parse(first, &operation->object) &&
		       value_parse(second, operation);
	case OPERANDS_CONDITION_MUTEX:
		return object_parse(first, &operation->object) &&
		       object_parse(second, &operation->mutex);
	case OPERANDS_VALUE:
		return value_parse(first, operation);
	case OPERANDS_REGISTER_COUNT:
		return register_parse(first, &operation->reg) &&
		       number_parse(second, &operation->constant);
	}
	return false;
}

static bool operation_parse(char *text, struct small_operation *ret_operation)
{
	struct small_operation operation = {.reg = SMALL_NO_REGISTER};
	char *rest = text + strspn(text, " ");
	const char *name = strsep(&rest, " ");

	for (unsigned i = 0; i < SMALL_KINDS; i++) {
		if (strcmp(name, kinds[i].name) != 0)
			continue;
		operation.kind = (enum small_kind)i;
		if (!operands_parse(kinds[i].operands, &rest, &operation))
			return false;
		*ret_operation = operation;
		return true;
	}
	return false;
}

bool small_thread_parse(const char *text, struct small_thread *ret_thread)
{
	char *copy = strdup(text);
	char *rest = copy;
	char *part;
	bool good = true;

	copy[strcspn(copy, "\n")] = '\0';
	ret_thread->length = 0;
	while (good && (part = strsep(&rest, ";")) != NULL)
		good = ret_thread->length < SMALL_OPERATIONS_MAX &&
		       operation_parse(part,
				       &ret_thread->at[ret_thread->length++]);
	free(copy);
	return good;
}

static void value_print(FILE *file, const struct small_operation *operation)
{
	if (operation->reg == SMALL_NO_REGISTER)
		fprintf(file, " %d", operation->constant);
	else
		fprintf(file, " %c+%d", 'a' + operation->reg,
			operation->constant);
}

static char object_letter(const struct small_operation *operation)
{
	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_WRITE:
	case SMALL_FETCH_ADD:
		return "xy"[operation->object];
	case SMALL_LOCK:
	case SMALL_UNLOCK:
	case SMALL_TRYLOCK:
		return "mn"[operation->object];
	case SMALL_WAIT:
	case SMALL_SIGNAL:
	case SMALL_BROADCAST:
		return 'c';
	case SMALL_BARRIER:
		return 'B';
	case SMALL_SEM_WAIT:
	case SMALL_SEM_POST:
	case SMALL_SEM_TRYWAIT:
	case SMALL_SEM_VALUE:
		return 's';
	case SMALL_OUTPUT:
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
	case SMALL_KINDS:
		break;
	}
	return '?';
}

static void operation_print(FILE *file, const struct small_operation *operation)
{
	const enum operands operands = kinds[operation->kind].operands;

	fputs(kinds[operation->kind].name, file);
	if (operands != OPERANDS_VALUE && operands != OPERANDS_REGISTER_COUNT)
		fprintf(file, " %c", object_letter(operation));
	if (operands == OPERANDS_OBJECT_VALUE || operands == OPERANDS_VALUE)
		value_print(file, operation);
	if (operands == OPERANDS_OBJECT_REGISTER)
		fprintf(file, " %c", 'a' + operation->reg);
	if (operands == OPERANDS_CONDITION_MUTEX)
		fprintf(file, " %c", "mn"[operation->mutex]);
	if (operands == OPERANDS_REGISTER_COUNT)
		fprintf(file, " %c %d", 'a' + operation->reg,
			operation->constant);
}

void small_program_print(FILE *file, const struct small_program *program)
{
	for (unsigned t = 0; t < program->count; t++) {
		fprintf(file, "thread %u: ", t);
		for (unsigned i = 0; i < program->threads[t].length; i++) {
			if (i > 0)
				fputs("; ", file);
			operation_print(file, &program->threads[t].at[i]);
		}
		fputc('\n', file);
	}
}

uint32_t small_program_kinds(const struct small_program *program)
{
	uint32_t set = 0;

	for (unsigned t = 0; t < program->count; t++)
		for (unsigned i = 0; i < program->threads[t].length; i++)
			set |= 1U << program->threads[t].at[i].kind;
	return set;
}
