/*
 * What a search says of what it does not see. See unseen.h.
 */
#include "pool/unseen.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "symbols/assembly.h"
#include "symbols/by_value.h"
#include "symbols/demangle.h"

static bool is_trusted(const struct search *search, const char *function)
{
	for (size_t i = 0; i < search->trusted_count; i++)
		if (strcmp(search->trusted[i], function) == 0)
			return true;
	return false;
}

/* "queue.S:12", as against "queue.c:12". */
static bool is_in_file_of_assembly(const char *place)
{
	size_t length = strcspn(place, ":");

	return length > 2 && (memcmp(place + length - 2, ".s", 2) == 0 ||
			      memcmp(place + length - 2, ".S", 2) == 0);
}

/* Whether it is run is not known: no hook is called. */
static void warn_of_assembly(struct hunt *hunt)
{
	struct buffer notes = {0};

	if (!hunt->session->symbols || is_trusted(hunt->search, "asm"))
		return;
	symbols_assembly(hunt->session->symbols, &notes);
	for (size_t at = 0; at < notes.length;) {
		const char *place = (const char *)notes.data + at;

		hunt->reasons |= REASON_UNCONTROLLED_CALL;
		hunt_warn_once(
			hunt,
			text_format("%sassembly at %s does what Explorer "
				    "does not see; --trust asm if no two "
				    "threads have to do with it",
				    is_in_file_of_assembly(place) ? ""
								  : "inline ",
				    place));
		at += strlen(place) + 1;
	}
	buffer_fini(&notes);
}

/* The compiler announces nothing there; whether threads share what is passed is
 * not known. */
static void warn_of_structs(struct hunt *hunt)
{
	struct source_place first = {0};
	size_t count =
		hunt->session->symbols
			? symbols_by_value(hunt->session->symbols, &first)
			: 0;
	char *place;

	if (count == 0)
		return;
	place = place_words(&first);
	if (count == 1)
		hunt_warn_once(
			hunt,
			text_format("%s takes or returns a struct by value: "
				    "how it is copied is not seen, nor a race "
				    "on it",
				    place));
	else
		hunt_warn_once(
			hunt,
			text_format("%s and %zu more take or return structs by "
				    "value: how these are copied is not seen, "
				    "nor races on them",
				    place, count - 1));
	free(place);
}

void unseen_in_code(struct hunt *hunt)
{
	warn_of_assembly(hunt);
	warn_of_structs(hunt);
}

/* A function of the C++ library: it is its own code that is not seen. */
static void warn_of_library_code(struct hunt *hunt, const char *function,
				 const char *phrase)
{
	hunt_warn_once(hunt, text_format("%s(), called%s, is code of the C++ "
					 "library, whose accesses Explorer "
					 "does not see; --trust %s if no two "
					 "threads have to do with them",
					 function, phrase, function));
}

static void warn_of_call(struct hunt *hunt, const char *function,
			 const char *phrase)
{
	hunt_warn_once(hunt,
		       text_format("%s(), called%s, does what Explorer does "
				   "not control; --trust %s if it is the same "
				   "in every execution",
				   function, phrase, function));
}

void unseen_call(struct hunt *hunt, const struct unsupported *call,
		 const char *phrase)
{
	const char *place = *phrase ? phrase : " by the program";
	char *name = demangle_function(call->function);

	if (!call->is_suspect &&
	    !is_trusted(hunt->search, name ? name : call->function)) {
		hunt->reasons |= REASON_UNCONTROLLED_CALL;
		if (name)
			warn_of_library_code(hunt, name, place);
		else
			warn_of_call(hunt, call->function, place);
	}
	free(name);
}

/* --trust takes a library by its path or its name. */
static bool is_trusted_library(const struct search *search, const char *path)
{
	return is_trusted(search, path) ||
	       is_trusted(search, strrchr(path, '/') + 1);
}

void unseen_library(struct hunt *hunt, const char *path)
{
	if (is_trusted_library(hunt->search, path))
		return;
	hunt->reasons |= REASON_UNCONTROLLED_CALL;
	for (size_t i = 0; i < hunt->warning_count; i++)
		if (strncmp(hunt->warnings[i], path, strlen(path)) == 0)
			return;
	hunt_warn(hunt, text_format("%s was not built with explorer cc and has "
				    "changed its variables, which Explorer "
				    "does not see; --trust %s if no two "
				    "threads have to do with them",
				    path, strrchr(path, '/') + 1));
}
