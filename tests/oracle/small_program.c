/* See small_program.h. */
#include "oracle/small_program.h"

#include <stdlib.h>
#include <string.h>

/* The sorts of object that operations work on. */
enum sort {
	SORT_NONE,
	SORT_VARIABLE,
	SORT_MUTEX,
	SORT_CONDITION,
	SORT_SEMAPHORE,
	SORT_BARRIER,
	SORT_ONCE,
	SORT_THREAD,
	SORT_FENCE,
};

#define NAMES_MAX SMALL_VARIABLES
static const char *const names[][NAMES_MAX] = {
	[SORT_NONE] = {NULL},
	[SORT_VARIABLE] = {"x", "y", "z0", "z1", "z2", "z3", "z4", "z5"},
	[SORT_MUTEX] = {"m", "n", "r", "p", "l"},
	[SORT_CONDITION] = {"c"},
	[SORT_SEMAPHORE] = {"s"},
	[SORT_BARRIER] = {"B"},
	[SORT_ONCE] = {"o"},
	[SORT_THREAD] = {"0", "1", "2", "3"},
	[SORT_FENCE] = {"acquire", "release", "both"},
};

/* What stands after the name of an operation and its object. */
enum operands {
	OPERANDS_NONE,
	OPERANDS_REGISTER,	 /* a */
	OPERANDS_VALUE,		 /* 3, a+1 */
	OPERANDS_MUTEX,		 /* m */
	OPERANDS_REGISTER_COUNT, /* a 2 */
	OPERANDS_COMPARE,	 /* 1 2 b */
	OPERANDS_SOURCE_COUNT,	 /* z0 2 */
	OPERANDS_SOURCE,	 /* z0 */
	OPERANDS_COUNT_VALUE,	 /* 2 1 */
	OPERANDS_NUMBER,	 /* 3 */
};

static const struct {
	const char *name;
	enum sort sort;
	enum operands operands;
} kinds[SMALL_KINDS] = {
	[SMALL_READ] = {"read", SORT_VARIABLE, OPERANDS_REGISTER},
	[SMALL_WRITE] = {"write", SORT_VARIABLE, OPERANDS_VALUE},
	[SMALL_FETCH_ADD] = {"fetch_add", SORT_VARIABLE, OPERANDS_VALUE},
	[SMALL_LOCK] = {"lock", SORT_MUTEX, OPERANDS_NONE},
	[SMALL_UNLOCK] = {"unlock", SORT_MUTEX, OPERANDS_NONE},
	[SMALL_TRYLOCK] = {"trylock", SORT_MUTEX, OPERANDS_REGISTER},
	[SMALL_WAIT] = {"wait", SORT_CONDITION, OPERANDS_MUTEX},
	[SMALL_SIGNAL] = {"signal", SORT_CONDITION, OPERANDS_NONE},
	[SMALL_BROADCAST] = {"broadcast", SORT_CONDITION, OPERANDS_NONE},
	[SMALL_SEM_WAIT] = {"sem_wait", SORT_SEMAPHORE, OPERANDS_NONE},
	[SMALL_SEM_POST] = {"sem_post", SORT_SEMAPHORE, OPERANDS_NONE},
	[SMALL_SEM_TRYWAIT] = {"sem_trywait", SORT_SEMAPHORE,
			       OPERANDS_REGISTER},
	[SMALL_SEM_VALUE] = {"sem_value", SORT_SEMAPHORE, OPERANDS_REGISTER},
	[SMALL_BARRIER] = {"barrier", SORT_BARRIER, OPERANDS_NONE},
	[SMALL_BARRIER_SERIAL] = {"barrier_serial", SORT_BARRIER,
				  OPERANDS_REGISTER},
	[SMALL_RDLOCK] = {"rdlock", SORT_MUTEX, OPERANDS_NONE},
	[SMALL_TRYRDLOCK] = {"tryrdlock", SORT_MUTEX, OPERANDS_REGISTER},
	[SMALL_ONCE] = {"once", SORT_ONCE, OPERANDS_NONE},
	[SMALL_OUTPUT] = {"output", SORT_NONE, OPERANDS_VALUE},
	[SMALL_SKIP_IF_ZERO] = {"skip_if_zero", SORT_NONE,
				OPERANDS_REGISTER_COUNT},
	[SMALL_SKIP_IF_NONZERO] = {"skip_if_nonzero", SORT_NONE,
				   OPERANDS_REGISTER_COUNT},
	[SMALL_LOAD] = {"load", SORT_VARIABLE, OPERANDS_REGISTER},
	[SMALL_STORE] = {"store", SORT_VARIABLE, OPERANDS_VALUE},
	[SMALL_COMPARE] = {"compare", SORT_VARIABLE, OPERANDS_COMPARE},
	[SMALL_COPY] = {"copy", SORT_VARIABLE, OPERANDS_SOURCE_COUNT},
	[SMALL_ASSIGN] = {"assign", SORT_VARIABLE, OPERANDS_SOURCE},
	[SMALL_FILL] = {"fill", SORT_VARIABLE, OPERANDS_COUNT_VALUE},
	[SMALL_ERROR] = {"error", SORT_NONE, OPERANDS_VALUE},
	[SMALL_CREATE] = {"create", SORT_THREAD, OPERANDS_NONE},
	[SMALL_JOIN] = {"join", SORT_THREAD, OPERANDS_NONE},
	[SMALL_DETACH] = {"detach", SORT_THREAD, OPERANDS_NONE},
	[SMALL_EXIT] = {"exit", SORT_NONE, OPERANDS_NUMBER},
	[SMALL_ABORT] = {"abort", SORT_NONE, OPERANDS_NONE},
	[SMALL_FENCE] = {"fence", SORT_FENCE, OPERANDS_NONE},
	[SMALL_CANCEL] = {"cancel", SORT_THREAD, OPERANDS_NONE},
	[SMALL_TESTCANCEL] = {"testcancel", SORT_NONE, OPERANDS_NONE},
	[SMALL_CHOOSE] = {"choose", SORT_NONE, OPERANDS_REGISTER_COUNT},
	[SMALL_CLOCK] = {"clock", SORT_NONE, OPERANDS_NONE},
	[SMALL_SPIN] = {"spin", SORT_VARIABLE, OPERANDS_NONE},
	[SMALL_SECTION] = {"section", SORT_NONE, OPERANDS_NUMBER},
};

#define RELAXED "relaxed"
#define TIMED	"timed_"

/* --- Reading */

static bool object_parse(const char *word, enum sort sort, unsigned *ret_object)
{
	for (unsigned i = 0; word != NULL && i < NAMES_MAX; i++)
		if (names[sort][i] != NULL &&
		    strcmp(word, names[sort][i]) == 0) {
			*ret_object = i;
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

static bool count_parse(const char *word, unsigned *ret_count)
{
	int count;

	if (!number_parse(word, &count) || count < 1)
		return false;
	*ret_count = (unsigned)count;
	return true;
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
	case OPERANDS_NONE:
		return true;
	case OPERANDS_REGISTER:
		return register_parse(first, &operation->reg);
	case OPERANDS_VALUE:
		return value_parse(first, operation);
	case OPERANDS_MUTEX:
		return object_parse(first, SORT_MUTEX, &operation->mutex);
	case OPERANDS_REGISTER_COUNT:
		return register_parse(first, &operation->reg) &&
		       number_parse(second, &operation->constant);
	case OPERANDS_COMPARE:
		return number_parse(first, &operation->expected) &&
		       number_parse(second, &operation->constant) &&
		       register_parse(strsep(rest, " "), &operation->reg);
	case OPERANDS_SOURCE_COUNT:
		return object_parse(first, SORT_VARIABLE, &operation->source) &&
		       count_parse(second, &operation->count);
	case OPERANDS_SOURCE:
		operation->count = SMALL_STRUCT;
		return object_parse(first, SORT_VARIABLE, &operation->source);
	case OPERANDS_COUNT_VALUE:
		return count_parse(first, &operation->count) &&
		       number_parse(second, &operation->constant);
	case OPERANDS_NUMBER:
		return number_parse(first, &operation->constant);
	}
	return false;
}

static bool operation_parse(char *text, struct small_operation *ret_operation)
{
	struct small_operation operation = {.reg = SMALL_NO_REGISTER};
	char *rest = text + strspn(text, " ");
	const char *name = strsep(&rest, " ");

	if (strcmp(name, RELAXED) == 0) {
		operation.relaxed = true;
		name = strsep(&rest, " ");
	}
	if (name != NULL && strncmp(name, TIMED, strlen(TIMED)) == 0) {
		operation.timed = true;
		if (!register_parse(name + strlen(TIMED), &operation.reg))
			return false;
		name = strsep(&rest, " ");
	}
	for (unsigned i = 0; name != NULL && i < SMALL_KINDS; i++) {
		if (strcmp(name, kinds[i].name) != 0)
			continue;
		operation.kind = (enum small_kind)i;
		if ((kinds[i].sort != SORT_NONE &&
		     !object_parse(strsep(&rest, " "), kinds[i].sort,
				   &operation.object)) ||
		    !operands_parse(kinds[i].operands, &rest, &operation))
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

/* --- Writing */

static void value_print(FILE *file, const struct small_operation *operation)
{
	if (operation->reg == SMALL_NO_REGISTER)
		fprintf(file, " %d", operation->constant);
	else
		fprintf(file, " %c+%d", 'a' + operation->reg,
			operation->constant);
}

static void operands_print(FILE *file, const struct small_operation *operation)
{
	const int reg = 'a' + operation->reg;

	switch (kinds[operation->kind].operands) {
	case OPERANDS_NONE:
		return;
	case OPERANDS_REGISTER:
		fprintf(file, " %c", reg);
		return;
	case OPERANDS_VALUE:
		value_print(file, operation);
		return;
	case OPERANDS_MUTEX:
		fprintf(file, " %s", names[SORT_MUTEX][operation->mutex]);
		return;
	case OPERANDS_REGISTER_COUNT:
		fprintf(file, " %c %d", reg, operation->constant);
		return;
	case OPERANDS_COMPARE:
		fprintf(file, " %d %d %c", operation->expected,
			operation->constant, reg);
		return;
	case OPERANDS_SOURCE_COUNT:
		fprintf(file, " %s %u", names[SORT_VARIABLE][operation->source],
			operation->count);
		return;
	case OPERANDS_SOURCE:
		fprintf(file, " %s", names[SORT_VARIABLE][operation->source]);
		return;
	case OPERANDS_COUNT_VALUE:
		fprintf(file, " %u %d", operation->count, operation->constant);
		return;
	case OPERANDS_NUMBER:
		fprintf(file, " %d", operation->constant);
		return;
	}
}

static void operation_print(FILE *file, const struct small_operation *operation)
{
	const enum sort sort = kinds[operation->kind].sort;

	if (operation->timed)
		fprintf(file, TIMED "%c ", 'a' + operation->reg);
	fprintf(file, "%s%s", operation->relaxed ? RELAXED " " : "",
		kinds[operation->kind].name);
	if (sort != SORT_NONE)
		fprintf(file, " %s", names[sort][operation->object]);
	operands_print(file, operation);
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
	if (program->main_leaves)
		fputs("main leaves\n", file);
	if (program->parties > 0)
		fprintf(file, "%u meet\n", program->parties);
}

/* --- Facts */

unsigned small_program_parties(const struct small_program *program)
{
	return program->parties > 0 ? program->parties : 2;
}

uint64_t small_program_kinds(const struct small_program *program)
{
	uint64_t set = 0;

	for (unsigned t = 0; t < program->count; t++)
		for (unsigned i = 0; i < program->threads[t].length; i++)
			set |= SMALL_BIT(program->threads[t].at[i].kind);
	return set;
}

static uint32_t range(unsigned first, unsigned count)
{
	return ((1U << count) - 1) << first;
}

uint32_t small_operation_reads(const struct small_operation *operation)
{
	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_LOAD:
	case SMALL_FETCH_ADD:
	case SMALL_COMPARE:
	case SMALL_SPIN:
		return 1U << operation->object;
	case SMALL_COPY:
	case SMALL_ASSIGN:
		return range(operation->source, operation->count);
	default:
		return 0;
	}
}

uint32_t small_operation_writes(const struct small_operation *operation)
{
	switch (operation->kind) {
	case SMALL_WRITE:
	case SMALL_STORE:
	case SMALL_FETCH_ADD:
	case SMALL_COMPARE:
		return 1U << operation->object;
	case SMALL_COPY:
	case SMALL_ASSIGN:
	case SMALL_FILL:
		return range(operation->object, operation->count);
	default:
		return 0;
	}
}

uint32_t small_program_variables(const struct small_program *program)
{
	uint32_t set = 0;

	for (unsigned t = 0; t < program->count; t++)
		for (unsigned i = 0; i < program->threads[t].length; i++)
			set |= small_operation_reads(
				       &program->threads[t].at[i]) |
			       small_operation_writes(
				       &program->threads[t].at[i]);
	return set;
}

const char *small_variable_name(unsigned variable)
{
	return names[SORT_VARIABLE][variable];
}

/* Whether some thread does this to thread t. */
static bool is_done_to(const struct small_program *program,
		       enum small_kind kind, unsigned t)
{
	for (unsigned i = 0; i < program->count; i++)
		for (unsigned j = 0; j < program->threads[i].length; j++)
			if (program->threads[i].at[j].kind == kind &&
			    program->threads[i].at[j].object == t)
				return true;
	return false;
}

static void main_add(struct small_thread *thread, enum small_kind kind,
		     unsigned object)
{
	thread->at[thread->length++] = (struct small_operation){
		.kind = kind, .object = object, .reg = SMALL_NO_REGISTER};
}

void small_program_main(const struct small_program *program,
			struct small_thread *ret_main)
{
	ret_main->length = 0;
	for (unsigned t = 0; t < program->count; t++)
		if (!is_done_to(program, SMALL_CREATE, t))
			main_add(ret_main, SMALL_CREATE, t);
	if (program->main_leaves)
		return;
	for (unsigned t = 0; t < program->count; t++)
		if (!is_done_to(program, SMALL_CREATE, t) &&
		    !is_done_to(program, SMALL_JOIN, t) &&
		    !is_done_to(program, SMALL_DETACH, t))
			main_add(ret_main, SMALL_JOIN, t);
	main_add(ret_main, SMALL_EXIT, 0);
}
