/*
 * A child process together with what is needed to understand it.
 */
#include "pool/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/memory.h"
#include "pool/naming.h"
#include "symbols/elf.h"
#include "trace/expression_tree.h"

/* The file of the library that is in the program with us. */
#define LIBRARY "libexplorer.so"

/* Our own code is nobody's business: a line of it in a trace would tie the
 * trace to a version of the library. A module without a file has no names. */
static const char *named_module(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash ? slash + 1 : path, LIBRARY) == 0 ? "" : path;
}

/* Starts a child and takes its greeting, whose modules are made known to
 * `symbols` if it is not NULL. */
static int start(struct session *session, struct symbols *symbols)
{
	const struct program *program = session->options.program;
	struct buffer body = {0};
	struct hello hello;
	int failed;

	if (child_start(&session->options, &session->child) != 0)
		return -1;
	failed = child_greet(&session->child, program->name, &hello, &body);
	if (failed) {
		child_end(&session->child);
	} else {
		for (uint32_t i = 1; symbols && i < hello.module_count; i++)
			symbols_add_module(symbols,
					   named_module(hello.modules[i].path));
		hello_fini(&hello);
	}
	buffer_fini(&body);
	return failed;
}

static bool is_watched(const struct session *session, const char *name)
{
	for (size_t i = 0; i < session->watch_count; i++) {
		if (strcmp(session->watches[i].name, name) == 0)
			return true;
	}
	return false;
}

static struct watch_place place_of(const struct watch *watch)
{
	return (struct watch_place){.location = watch->location,
				    .bytes = watch->bytes,
				    .pointer = watch_is_pointer(watch)};
}

/* A name that no variable has may be one that the program gives to
 * explorer_watch(): that is seen when it does. */
static bool may_be_given(const struct session *session, const char *name)
{
	return !symbols_knows(session->symbols, name) &&
	       elf_gives_names(session->options.program->executable);
}

/* There is room for one more. */
static int add_watch(struct session *session, const char *name,
		     const char *blame)
{
	struct watch *watch = &session->watches[session->watch_count];
	char *error = NULL;

	if (is_watched(session, name))
		return 0;
	if (symbols_watch(session->symbols, name, watch, &error) != 0) {
		complain("%s%s", blame, error);
		free(error);
		return -1;
	}
	session->places[session->watch_count] = place_of(watch);
	session->watch_count++;
	return 0;
}

static uint32_t watch_named(const struct session *session, const char *name)
{
	uint32_t place = 0;

	while (strcmp(session->watches[place].name, name) != 0)
		place++;
	return place;
}

/* Expressions are about integers, whatever value the variable has. */
static int check_is_integer(const struct session *session, const char *name,
			    const char *option)
{
	const struct watch *watch =
		&session->watches[watch_named(session, name)];
	uint8_t zeros[16] = {0};
	struct value value;
	bool is_integer;

	value = symbols_value(session->symbols, watch, zeros,
			      (struct location){.kind = LOCATION_NONE});
	is_integer = !watch_is_pointer(watch) &&
		     (value.kind == VALUE_INTEGER || value.kind == VALUE_BOOL);
	free(value.name);
	free(value.text);
	if (!is_integer)
		complain("%s: '%s' is no integer", option, name);
	return is_integer ? 0 : -1;
}

static size_t names_in(const struct expression *expression)
{
	return expression ? expression_name_count(expression) : 0;
}

static int add_names(struct session *session,
		     const struct expression *expression, const char *option,
		     const char *blame)
{
	for (size_t i = 0; i < names_in(expression); i++) {
		const char *name = expression_name(expression, i);

		if (may_be_given(session, name))
			continue;
		if (add_watch(session, name, blame) ||
		    check_is_integer(session, name, option))
			return -1;
	}
	return 0;
}

/* A state is looked at where it is, so its variables are what they are in C:
 * whole numbers of some size. */
static int add_query(struct session *session, const char *blame)
{
	const struct expression *query = session->query;
	size_t count = names_in(query);

	session->query_names =
		memory_new(count * sizeof(*session->query_names));
	for (size_t i = 0; i < count; i++) {
		struct query_name *name = &session->query_names[i];
		const char *spelling = expression_name(query, i);

		if (may_be_given(session, spelling)) {
			complain("--find-state: '%s' is no global variable, "
				 "and what the program gives to "
				 "explorer_watch() only --find and --expect "
				 "know",
				 spelling);
			return -1;
		}
		if (add_watch(session, spelling, blame))
			return -1;
		name->watch = watch_named(session, spelling);
		if (watch_is_number(&session->watches[name->watch],
				    &name->is_signed))
			continue;
		complain("--find-state: '%s' is no integer", spelling);
		return -1;
	}
	if (query)
		expression_put(&session->query_bytes, query);
	return 0;
}

static int add_watches(struct session *session,
		       const struct session_options *options)
{
	size_t most = options->watch_count + names_in(session->expectation) +
		      names_in(session->wanted) + names_in(session->query);

	session->watches = memory_new(most * sizeof(*session->watches));
	session->places = memory_new(most * sizeof(*session->places));
	for (size_t i = 0; i < options->watch_count; i++) {
		if (add_watch(session, options->watches[i], options->blame))
			return -1;
	}
	if (add_names(session, session->expectation, "--expect",
		      options->blame) ||
	    add_names(session, session->wanted, "--find", options->blame))
		return -1;
	return add_query(session, options->blame);
}

static int parse(const char *option, const char *text,
		 struct expression **ret_expression)
{
	if (text)
		*ret_expression = expectation_parse(option, text);
	return text && !*ret_expression ? -1 : 0;
}

static void free_expressions(struct session *session)
{
	expression_free(session->expectation);
	expression_free(session->wanted);
	expression_free(session->query);
}

int session_open(const struct session_options *options,
		 struct session *ret_session)
{
	struct session session = {.options = options->child};

	if (parse("--expect", options->expect, &session.expectation) ||
	    parse("--find", options->find, &session.wanted) ||
	    parse("--find-state", options->find_state, &session.query)) {
		free_expressions(&session);
		return -1;
	}
	session.symbols = symbols_new(options->child.program->executable);
	if (start(&session, session.symbols) != 0 ||
	    add_watches(&session, options) != 0) {
		session_close(&session);
		return -1;
	}
	*ret_session = session;
	return 0;
}

int session_restart(struct session *session)
{
	child_end(&session->child);
	return start(session, NULL);
}

void session_close(struct session *session)
{
	child_end(&session->child);
	for (size_t i = 0; i < session->watch_count; i++)
		watch_fini(&session->watches[i]);
	free(session->watches);
	free(session->places);
	free(session->query_names);
	buffer_fini(&session->query_bytes);
	free_expressions(session);
	symbols_free(session->symbols);
	*session = (struct session){0};
}

struct job session_job(const struct session *session, enum job_kind kind)
{
	return (struct job){.kind = kind,
			    .strategy = "",
			    .preemptions = NO_BOUND,
			    .delays = NO_BOUND,
			    .watch_count = (uint32_t)session->watch_count,
			    .watches = session->places};
}
