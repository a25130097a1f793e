/* See program_source.h. */
#include "vectors/program_source.h"

#include <stdlib.h>
#include <string.h>

#include "oracle/machine.h"

/* Lines are numbered so that a place says thread and operation. */
#define LINES_OF_A_THREAD 100

unsigned program_source_line(unsigned place)
{
	return (place / SMALL_OPERATIONS_MAX + 1) * LINES_OF_A_THREAD +
	       place % SMALL_OPERATIONS_MAX;
}

char *program_source_place(unsigned thread, unsigned operation)
{
	char *text;

	if (thread == MACHINE_MAIN)
		return strdup("main");
	if (asprintf(&text, "%u",
		     program_source_line(thread * SMALL_OPERATIONS_MAX +
					 operation)) < 0)
		abort();
	return text;
}

const char *program_source_variable(unsigned variable)
{
	static const char *const names[SMALL_VARIABLES] = {
		"x", "y", "z[0]", "z[1]", "z[2]", "z[3]", "z[4]", "z[5]"};

	return names[variable];
}

void program_source_begin(FILE *file)
{
	fputs("#define _GNU_SOURCE\n"
	      "#include <explorer.h>\n"
	      "#include <pthread.h>\n"
	      "#include <sched.h>\n"
	      "#include <semaphore.h>\n"
	      "#include <stdio.h>\n"
	      "#include <stdlib.h>\n"
	      "#include <string.h>\n"
	      "#include <time.h>\n"
	      "\n"
	      "struct three {\n\tint at[3];\n};\n"
	      "\n"
	      "int x;\n"
	      "int y;\n"
	      "int z[6];\n"
	      "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"
	      "static pthread_mutex_t n = PTHREAD_MUTEX_INITIALIZER;\n"
	      "pthread_mutex_t r = "
	      "PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;\n"
	      "pthread_spinlock_t p;\n"
	      "pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;\n"
	      "pthread_once_t o = PTHREAD_ONCE_INIT;\n"
	      "static sem_t s;\n"
	      "static pthread_t handle[4];\n"
	      "\n"
	      "void print_once(void);\n"
	      "void print_once(void)\n"
	      "{\n"
	      "\tfprintf(stdout, \"7;\");\n"
	      "}\n"
	      "\n"
	      "struct program {\n"
	      "\tunsigned number;\n"
	      "\tint semaphore;\n"
	      "\tint leaves;\n"
	      "\tpthread_barrier_t *barrier;\n"
	      "\tunsigned parties;\n"
	      "\t/* What main creates and joins. */\n"
	      "\tvoid *(*created[4])(void *);\n"
	      "\tint joined[4];\n"
	      "};\n",
	      file);
}

#define BARRIER_KINDS                                                          \
	(SMALL_BIT(SMALL_BARRIER) | SMALL_BIT(SMALL_BARRIER_SERIAL))

/* Conditions and barriers are declared only where they are used, so that a
 * file without them names no more than it needs. */
static void later_objects(FILE *file, uint64_t kinds, unsigned number)
{
	if (kinds & (SMALL_BIT(SMALL_WAIT) | SMALL_BIT(SMALL_SIGNAL) |
		     SMALL_BIT(SMALL_BROADCAST)))
		fprintf(file,
			"\nstatic pthread_cond_t c%u = "
			"PTHREAD_COND_INITIALIZER;\n",
			number);
	if (kinds & BARRIER_KINDS)
		fprintf(file, "\nstatic pthread_barrier_t barrier%u;\n",
			number);
}

static void value_print(FILE *file, const struct small_operation *operation)
{
	if (operation->reg == SMALL_NO_REGISTER)
		fprintf(file, "%d", operation->constant);
	else
		fprintf(file, "%c + %d", 'a' + operation->reg,
			operation->constant);
}

static const char *order_of(const struct small_operation *operation)
{
	return operation->relaxed ? "__ATOMIC_RELAXED" : "__ATOMIC_SEQ_CST";
}

static void output_print(FILE *file, const char *stream,
			 const struct small_operation *operation)
{
	fprintf(file, "fprintf(%s, \"%%d;\", ", stream);
	value_print(file, operation);
	fputs(");", file);
}

static void atomic_print(FILE *file, const struct small_operation *operation)
{
	const char *variable = program_source_variable(operation->object);
	const char reg = (char)('a' + operation->reg);

	if (operation->kind == SMALL_LOAD) {
		fprintf(file, "%c = __atomic_load_n(&%s, %s);", reg, variable,
			order_of(operation));
	} else if (operation->kind == SMALL_STORE) {
		fprintf(file, "__atomic_store_n(&%s, ", variable);
		value_print(file, operation);
		fprintf(file, ", %s);", order_of(operation));
	} else if (operation->kind == SMALL_FETCH_ADD) {
		fprintf(file, "__atomic_fetch_add(&%s, %d, %s);", variable,
			operation->constant, order_of(operation));
	} else {
		fprintf(file,
			"{ int expected = %d; %c = "
			"__atomic_compare_exchange_n(&%s, &expected, %d, 0, "
			"__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); }",
			operation->expected, reg, variable,
			operation->constant);
	}
}

static void access_print(FILE *file, const struct small_operation *operation)
{
	const char *variable = program_source_variable(operation->object);
	const char *source = program_source_variable(operation->source);

	if (operation->kind == SMALL_READ) {
		fprintf(file, "%c = %s;", 'a' + operation->reg, variable);
	} else if (operation->kind == SMALL_WRITE) {
		fprintf(file, "%s = ", variable);
		value_print(file, operation);
		fputs(";", file);
	} else if (operation->kind == SMALL_COPY) {
		fprintf(file, "memmove(&%s, &%s, %u * sizeof(int));", variable,
			source, operation->count);
	} else if (operation->kind == SMALL_ASSIGN) {
		fprintf(file, "*(struct three *)&%s = *(struct three *)&%s;",
			variable, source);
	} else {
		fprintf(file, "memset(&%s, %d, %u * sizeof(int));", variable,
			operation->constant, operation->count);
	}
}

/* What stands before "lock" in the name of the function. */
static const char *lock_prefix(const struct small_operation *operation)
{
	if (operation->kind == SMALL_RDLOCK)
		return "pthread_rwlock_rd";
	if (operation->object == SMALL_SPIN_LOCK)
		return "pthread_spin_";
	return operation->object == SMALL_RWLOCK ? "pthread_rwlock_wr"
						 : "pthread_mutex_";
}

static const char *try_prefix(const struct small_operation *operation)
{
	if (operation->object == SMALL_SPIN_LOCK)
		return "pthread_spin_try";
	return operation->object == SMALL_RWLOCK ? "pthread_rwlock_trywr"
						 : "pthread_mutex_try";
}

static const char *timed_prefix(const struct small_operation *operation)
{
	if (operation->kind == SMALL_RDLOCK)
		return "pthread_rwlock_timedrd";
	return operation->object == SMALL_RWLOCK ? "pthread_rwlock_timedwr"
						 : "pthread_mutex_timed";
}

static const char *unlock_prefix(const struct small_operation *operation)
{
	if (operation->object == SMALL_SPIN_LOCK)
		return "pthread_spin_";
	return operation->object == SMALL_RWLOCK ? "pthread_rwlock_"
						 : "pthread_mutex_";
}

/* Each deadline of a thread is later than those before: none has passed already
 * when it is waited for. */
#define LATER "&(struct timespec){2000000000 + %u, 0}"

static void operation_print(FILE *file, unsigned number, unsigned index,
			    const struct small_operation *operation)
{
	const char mutex = "mnrpl"[operation->object % SMALL_MUTEXES];
	const char reg = (char)('a' + operation->reg);
	const unsigned object = operation->object;

	switch (operation->kind) {
	case SMALL_READ:
	case SMALL_WRITE:
	case SMALL_COPY:
	case SMALL_ASSIGN:
	case SMALL_FILL:
		access_print(file, operation);
		return;
	case SMALL_FETCH_ADD:
	case SMALL_LOAD:
	case SMALL_STORE:
	case SMALL_COMPARE:
		atomic_print(file, operation);
		return;
	case SMALL_LOCK:
	case SMALL_RDLOCK:
		if (operation->timed)
			fprintf(file, "%c = %slock(&%c, " LATER ") != 0;", reg,
				timed_prefix(operation), mutex, index);
		else
			fprintf(file, "%slock(&%c);", lock_prefix(operation),
				mutex);
		return;
	case SMALL_UNLOCK:
		fprintf(file, "%sunlock(&%c);", unlock_prefix(operation),
			mutex);
		return;
	case SMALL_TRYLOCK:
		fprintf(file, "%c = %slock(&%c) == 0;", reg,
			try_prefix(operation), mutex);
		return;
	case SMALL_TRYRDLOCK:
		fprintf(file, "%c = pthread_rwlock_tryrdlock(&%c) == 0;", reg,
			mutex);
		return;
	case SMALL_ONCE:
		fprintf(file, "pthread_once(&o, print_once);");
		return;
	case SMALL_WAIT:
		if (operation->timed)
			fprintf(file,
				"%c = pthread_cond_timedwait(&c%u, &%c, " LATER
				") != 0;",
				reg, number, "mn"[operation->mutex], index);
		else
			fprintf(file, "pthread_cond_wait(&c%u, &%c);", number,
				"mn"[operation->mutex]);
		return;
	case SMALL_SIGNAL:
		fprintf(file, "pthread_cond_signal(&c%u);", number);
		return;
	case SMALL_BROADCAST:
		fprintf(file, "pthread_cond_broadcast(&c%u);", number);
		return;
	case SMALL_SEM_WAIT:
		if (operation->timed)
			fprintf(file, "%c = sem_timedwait(&s, " LATER ") != 0;",
				reg, index);
		else
			fputs("sem_wait(&s);", file);
		return;
	case SMALL_SEM_POST:
		fputs("sem_post(&s);", file);
		return;
	case SMALL_SEM_TRYWAIT:
		fprintf(file, "%c = sem_trywait(&s) == 0;", reg);
		return;
	case SMALL_SEM_VALUE:
		fprintf(file,
			"{ int value; sem_getvalue(&s, &value); %c = value; }",
			reg);
		return;
	case SMALL_BARRIER:
		fprintf(file, "pthread_barrier_wait(&barrier%u);", number);
		return;
	case SMALL_BARRIER_SERIAL:
		fprintf(file,
			"%c = pthread_barrier_wait(&barrier%u) == "
			"PTHREAD_BARRIER_SERIAL_THREAD;",
			reg, number);
		return;
	case SMALL_OUTPUT:
		output_print(file, "stdout", operation);
		return;
	case SMALL_ERROR:
		output_print(file, "stderr", operation);
		return;
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
		fprintf(file, "if (%c %s 0) goto after_%u;", reg,
			operation->kind == SMALL_SKIP_IF_ZERO ? "==" : "!=",
			index + 1 + (unsigned)operation->constant);
		return;
	case SMALL_CREATE:
		fprintf(file,
			"pthread_create(&handle[%u], NULL, "
			"program_%u_thread_%u, NULL);",
			object, number, object);
		return;
	case SMALL_JOIN:
		fprintf(file, "pthread_join(handle[%u], NULL);", object);
		return;
	case SMALL_CANCEL:
		fprintf(file, "pthread_cancel(handle[%u]);", object);
		return;
	case SMALL_TESTCANCEL:
		fputs("pthread_testcancel();", file);
		return;
	case SMALL_DETACH:
		fprintf(file, "pthread_detach(handle[%u]);", object);
		return;
	case SMALL_EXIT:
		fprintf(file, "exit(%d);", operation->constant);
		return;
	case SMALL_ABORT:
		fputs("abort();", file);
		return;
	case SMALL_FENCE:
		fprintf(file, "__atomic_thread_fence(%s);",
			object == SMALL_FENCE_ACQUIRE	? "__ATOMIC_ACQUIRE"
			: object == SMALL_FENCE_RELEASE ? "__ATOMIC_RELEASE"
							: "__ATOMIC_SEQ_CST");
		return;
	case SMALL_CHOOSE:
		fprintf(file, "%c = (int)explorer_choose(%d);",
			'a' + operation->reg, operation->constant);
		return;
	case SMALL_CLOCK:
		fputs("clock_gettime(CLOCK_REALTIME, &(struct timespec){0});",
		      file);
		return;
	case SMALL_SPIN:
		fprintf(file,
			"while (__atomic_load_n(&%s, __ATOMIC_SEQ_CST) == 0) ;",
			program_source_variable(object));
		return;
	case SMALL_SECTION:
		fputs("explorer_atomic_begin();", file);
		return;
	case SMALL_KINDS:
		return;
	}
}

static bool ends_section(const struct small_thread *thread, unsigned index)
{
	for (unsigned i = 0; i < index; i++)
		if (thread->at[i].kind == SMALL_SECTION &&
		    i + (unsigned)thread->at[i].constant == index)
			return true;
	return false;
}

/* Whether some skip of the thread lands before operation `index`. */
static bool is_landing(const struct small_thread *thread, unsigned index)
{
	for (unsigned i = 0; i < thread->length; i++)
		if ((thread->at[i].kind == SMALL_SKIP_IF_ZERO ||
		     thread->at[i].kind == SMALL_SKIP_IF_NONZERO) &&
		    i + 1 + (unsigned)thread->at[i].constant == index)
			return true;
	return false;
}

static void thread_print(FILE *file, unsigned number, unsigned t,
			 const struct small_thread *thread)
{
	fprintf(file,
		"\nstatic void *program_%u_thread_%u(void *unused)\n{\n"
		"\tint a = 0;\n\tint b = 0;\n\n",
		number, t);
	for (unsigned i = 0; i < thread->length; i++) {
		if (is_landing(thread, i))
			fprintf(file, "after_%u:\n", i);
		fprintf(file, "# %u\n\t",
			program_source_line(t * SMALL_OPERATIONS_MAX + i));
		operation_print(file, number, i, &thread->at[i]);
		fputs(ends_section(thread, i) ? " explorer_atomic_end();\n"
					      : "\n",
		      file);
	}
	/* A skip may be longer than what is left of its thread. */
	for (unsigned i = thread->length; i < 2 * SMALL_OPERATIONS_MAX; i++)
		if (is_landing(thread, i))
			fprintf(file, "after_%u:\n", i);
	fputs("\t(void)a;\n\t(void)b;\n\treturn unused;\n}\n", file);
}

/* Which threads main does this to. */
static uint32_t done_by_main(const struct small_program *program,
			     enum small_kind kind)
{
	struct small_thread main_thread;
	uint32_t set = 0;

	small_program_main(program, &main_thread);
	for (unsigned i = 0; i < main_thread.length; i++)
		if (main_thread.at[i].kind == kind)
			set |= 1U << main_thread.at[i].object;
	return set;
}

/* The first thread whose function the thread can run. */
static unsigned function_of(const struct small_program *program, unsigned t)
{
	for (unsigned i = 0; i < t && program->alike; i++)
		if (memcmp(&program->threads[i], &program->threads[t],
			   sizeof(program->threads[t])) == 0)
			return i;
	return t;
}

static void table_print(FILE *file, unsigned number,
			const struct small_program *program)
{
	const uint64_t kinds = small_program_kinds(program);
	const uint64_t semaphore =
		SMALL_BIT(SMALL_SEM_WAIT) | SMALL_BIT(SMALL_SEM_POST) |
		SMALL_BIT(SMALL_SEM_TRYWAIT) | SMALL_BIT(SMALL_SEM_VALUE);
	const uint32_t created = done_by_main(program, SMALL_CREATE);
	const uint32_t joined = done_by_main(program, SMALL_JOIN);

	fprintf(file,
		"\nstatic const struct program program_%u = {%u, %d, %d, ",
		number, number, (kinds & semaphore) != 0, program->main_leaves);
	if (kinds & BARRIER_KINDS)
		fprintf(file, "&barrier%u, %u, {", number,
			small_program_parties(program));
	else
		fprintf(file, "NULL, 0, {");
	for (unsigned t = 0; t < program->count; t++)
		if (created >> t & 1U)
			fprintf(file, "program_%u_thread_%u, ", number,
				function_of(program, t));
		else
			fputs("NULL, ", file);
	fputs("}, {", file);
	for (unsigned t = 0; t < program->count; t++)
		fprintf(file, "%u, ", joined >> t & 1U);
	fputs("}};\n", file);
}

void program_source_add(FILE *file, unsigned number,
			const struct small_program *program)
{
	fprintf(file, "\n/*\n * program %u\n", number);
	for (unsigned t = 0; t < program->count; t++) {
		struct small_program one = {.count = 1};

		one.threads[0] = program->threads[t];
		fprintf(file, " * %u: ", t);
		small_program_print(file, &one);
	}
	fputs(" */\n", file);
	later_objects(file, small_program_kinds(program), number);
	for (unsigned t = 0; t < program->count; t++)
		fprintf(file,
			"static void *program_%u_thread_%u(void *unused);\n",
			number, function_of(program, t));
	for (unsigned t = 0; t < program->count; t++)
		if (function_of(program, t) == t)
			thread_print(file, number, t, &program->threads[t]);
	table_print(file, number, program);
}

void program_source_end(FILE *file, const unsigned *numbers, size_t count)
{
	fputs("\n# 10000\n"
	      "static const struct program *const programs[] = {\n",
	      file);
	for (size_t i = 0; i < count; i++)
		fprintf(file, "\t&program_%u,\n", numbers[i]);
	fputs("};\n"
	      "\n"
	      "static const struct program *find(unsigned number)\n"
	      "{\n"
	      "\tfor (unsigned i = 0; i < sizeof(programs) / "
	      "sizeof(*programs); i++)\n"
	      "\t\tif (programs[i]->number == number)\n"
	      "\t\t\treturn programs[i];\n"
	      "\texit(99);\n"
	      "}\n"
	      "\n"
	      "int main(int count, char **arguments)\n"
	      "{\n"
	      "\tconst struct program *program;\n"
	      "\n"
	      "\tif (count != 2)\n"
	      "\t\treturn 98;\n"
	      "\tprogram = find((unsigned)atoi(arguments[1]));\n"
	      "\tpthread_spin_init(&p, 0);\n"
	      "\tif (program->semaphore)\n"
	      "\t\tsem_init(&s, 0, 0);\n"
	      "\tif (program->barrier != NULL)\n"
	      "\t\tpthread_barrier_init(program->barrier, NULL,\n"
	      "\t\t\t\t     program->parties);\n"
	      "\t/* What comes next is no preemption of main. */\n"
	      "\tsched_yield();\n"
	      "\tfor (unsigned i = 0; i < 4; i++)\n"
	      "\t\tif (program->created[i] != NULL)\n"
	      "\t\t\tpthread_create(&handle[i], NULL, "
	      "program->created[i], NULL);\n"
	      "\tif (program->leaves)\n"
	      "\t\tpthread_exit(NULL);\n"
	      "\tfor (unsigned i = 0; i < 4; i++)\n"
	      "\t\tif (program->joined[i])\n"
	      "\t\t\tpthread_join(handle[i], NULL);\n"
	      "\treturn 0;\n"
	      "}\n",
	      file);
}
