/* See program_source.h. */
#include "vectors/program_source.h"

void program_source_begin(FILE *file)
{
	fputs("#include <pthread.h>\n"
	      "#include <semaphore.h>\n"
	      "#include <stdio.h>\n"
	      "#include <stdlib.h>\n"
	      "\n"
	      "int x;\n"
	      "int y;\n"
	      "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"
	      "static pthread_mutex_t n = PTHREAD_MUTEX_INITIALIZER;\n"
	      "static sem_t s;\n"
	      "\n"
	      "struct program {\n"
	      "\tunsigned number;\n"
	      "\tunsigned threads;\n"
	      "\tint semaphore;\n"
	      "\tpthread_barrier_t *barrier;\n"
	      "\tvoid *(*body[4])(void *);\n"
	      "};\n",
	      file);
}

/* Conditions and barriers are declared only where they are used, so that a
 * file without them names no more than it needs. */
static void later_objects(FILE *file, uint32_t kinds, unsigned number)
{
	if (kinds &
	    (1U << SMALL_WAIT | 1U << SMALL_SIGNAL | 1U << SMALL_BROADCAST))
		fprintf(file,
			"\nstatic pthread_cond_t c%u = "
			"PTHREAD_COND_INITIALIZER;\n",
			number);
	if (kinds & 1U << SMALL_BARRIER)
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

static void operation_print(FILE *file, unsigned number, unsigned index,
			    const struct small_operation *operation)
{
	const char variable = "xy"[operation->object];
	const char mutex = "mn"[operation->object];
	const char reg = (char)('a' + operation->reg);

	switch (operation->kind) {
	case SMALL_READ:
		fprintf(file, "\t%c = %c;\n", reg, variable);
		return;
	case SMALL_WRITE:
		fprintf(file, "\t%c = ", variable);
		value_print(file, operation);
		fputs(";\n", file);
		return;
	case SMALL_FETCH_ADD:
		fprintf(file,
			"\t__atomic_fetch_add(&%c, %d, __ATOMIC_SEQ_CST);\n",
			variable, operation->constant);
		return;
	case SMALL_LOCK:
		fprintf(file, "\tpthread_mutex_lock(&%c);\n", mutex);
		return;
	case SMALL_UNLOCK:
		fprintf(file, "\tpthread_mutex_unlock(&%c);\n", mutex);
		return;
	case SMALL_TRYLOCK:
		fprintf(file, "\t%c = pthread_mutex_trylock(&%c) == 0;\n", reg,
			mutex);
		return;
	case SMALL_WAIT:
		fprintf(file, "\tpthread_cond_wait(&c%u, &%c);\n", number,
			"mn"[operation->mutex]);
		return;
	case SMALL_SIGNAL:
		fprintf(file, "\tpthread_cond_signal(&c%u);\n", number);
		return;
	case SMALL_BROADCAST:
		fprintf(file, "\tpthread_cond_broadcast(&c%u);\n", number);
		return;
	case SMALL_SEM_WAIT:
		fputs("\tsem_wait(&s);\n", file);
		return;
	case SMALL_SEM_POST:
		fputs("\tsem_post(&s);\n", file);
		return;
	case SMALL_SEM_TRYWAIT:
		fprintf(file, "\t%c = sem_trywait(&s) == 0;\n", reg);
		return;
	case SMALL_SEM_VALUE:
		fprintf(file,
			"\t{\n\t\tint value;\n\n"
			"\t\tsem_getvalue(&s, &value);\n\t\t%c = value;\n\t}\n",
			reg);
		return;
	case SMALL_BARRIER:
		fprintf(file, "\tpthread_barrier_wait(&barrier%u);\n", number);
		return;
	case SMALL_OUTPUT:
		fputs("\tprintf(\"%d;\", ", file);
		value_print(file, operation);
		fputs(");\n", file);
		return;
	case SMALL_SKIP_IF_ZERO:
	case SMALL_SKIP_IF_NONZERO:
		fprintf(file, "\tif (%c %s 0)\n\t\tgoto after_%u;\n", reg,
			operation->kind == SMALL_SKIP_IF_ZERO ? "==" : "!=",
			index + 1 + (unsigned)operation->constant);
		return;
	case SMALL_KINDS:
		return;
	}
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
		operation_print(file, number, i, &thread->at[i]);
	}
	/* A skip may be longer than what is left of its thread. */
	for (unsigned i = thread->length; i < 2 * SMALL_OPERATIONS_MAX; i++)
		if (is_landing(thread, i))
			fprintf(file, "after_%u:\n", i);
	fputs("\t(void)a;\n\t(void)b;\n\treturn unused;\n}\n", file);
}

void program_source_add(FILE *file, unsigned number,
			const struct small_program *program)
{
	const uint32_t kinds = small_program_kinds(program);
	const uint32_t semaphore = 1U << SMALL_SEM_WAIT | 1U << SMALL_SEM_POST |
				   1U << SMALL_SEM_TRYWAIT |
				   1U << SMALL_SEM_VALUE;

	fprintf(file, "\n/*\n * program %u\n", number);
	for (unsigned t = 0; t < program->count; t++) {
		struct small_program one = {.count = 1};

		one.threads[0] = program->threads[t];
		fprintf(file, " * %u: ", t);
		small_program_print(file, &one);
	}
	fputs(" */\n", file);
	later_objects(file, kinds, number);
	for (unsigned t = 0; t < program->count; t++)
		thread_print(file, number, t, &program->threads[t]);
	fprintf(file,
		"\nstatic const struct program program_%u = {%u, %u, %d, ",
		number, number, program->count, (kinds & semaphore) != 0);
	if (kinds & 1U << SMALL_BARRIER)
		fprintf(file, "&barrier%u, {", number);
	else
		fprintf(file, "NULL, {");
	for (unsigned t = 0; t < program->count; t++)
		fprintf(file, "program_%u_thread_%u, ", number, t);
	fputs("}};\n", file);
}

void program_source_end(FILE *file, const unsigned *numbers, size_t count)
{
	fputs("\nstatic const struct program *const programs[] = {\n", file);
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
	      "\tpthread_t thread[4];\n"
	      "\n"
	      "\tif (count != 2)\n"
	      "\t\treturn 98;\n"
	      "\tprogram = find((unsigned)atoi(arguments[1]));\n"
	      "\tif (program->semaphore)\n"
	      "\t\tsem_init(&s, 0, 0);\n"
	      "\tif (program->barrier != NULL)\n"
	      "\t\tpthread_barrier_init(program->barrier, NULL, 2);\n"
	      "\tfor (unsigned i = 0; i < program->threads; i++)\n"
	      "\t\tpthread_create(&thread[i], NULL, program->body[i], NULL);\n"
	      "\tfor (unsigned i = 0; i < program->threads; i++)\n"
	      "\t\tpthread_join(thread[i], NULL);\n"
	      "\treturn 0;\n"
	      "}\n",
	      file);
}
