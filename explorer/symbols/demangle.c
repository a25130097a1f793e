/*
 * Names of C++. See demangle.h.
 */
#include "symbols/demangle.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LIBRARY "libstdc++.so.6"

typedef char *demangle_call(const char *, char *, size_t *, int *);

/* Says in place, wherever the library says the one, the other, which is no
 * longer. */
static void say(char *name, const char *whole, const char *brief)
{
	while ((name = strstr(name, whole)) != NULL) {
		const char *rest = name + strlen(whole);

		for (const char *letter = brief; *letter; letter++)
			*name++ = *letter;
		memmove(name, rest, strlen(rest) + 1);
	}
}

/* Says what programs say: std::string, and no versions of the library. */
static void shorten(char *name)
{
	say(name,
	    "std::__cxx11::basic_string<char, std::char_traits<char>, "
	    "std::allocator<char> >",
	    "std::string");
	say(name, "::__cxx11::", "::");
}

/* What the library says, or NULL. It stays loaded: names come in hundreds. */
static char *demangle(const char *name)
{
	static demangle_call *call;
	static bool is_known;
	char *says;
	int status;

	if (!is_known) {
		void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
		void *found = library ? dlsym(library, "__cxa_demangle") : NULL;

		memcpy(&call, &found, sizeof(found));
		is_known = true;
	}
	says = call ? call(name, NULL, NULL, &status) : NULL;
	if (says)
		shorten(says);
	return says;
}

/* Whether a bracket opens (1) or closes (-1) there. The signs of operator<,
 * operator-> and the like are none. */
static int bracket_at(const char *name, const char *at)
{
	static const char word[] = "operator";
	const char *sign = at;

	if (*at == '\0' || !strchr("()<>{}[]", *at))
		return 0;
	while (sign > name && strchr("<>-=()[]", sign[-1]))
		sign--;
	if (sign >= name + sizeof(word) - 1 &&
	    memcmp(sign - (sizeof(word) - 1), word, sizeof(word) - 1) == 0 &&
	    at - sign < 3 && (*at == '<' || *at == '>' || at - sign < 2))
		return 0;
	return strchr("(<{[", *at) ? 1 : -1;
}

/* Where the list of parameters begins: the last bracket that is in no other.
 * The end of the name if there is none. */
static char *parameters_of(char *name)
{
	char *found = name + strlen(name);
	int depth = 0;

	for (char *at = name; *at; at++) {
		int bracket = bracket_at(name, at);

		if (bracket > 0 && depth == 0 && *at == '(')
			found = at;
		depth += bracket;
	}
	return found;
}

/* Behind the type that a template's instance returns. "operator<< <char>" and
 * "operator bool" have no such space. */
static const char *behind_type(const char *name)
{
	const char *found = name;
	int depth = 0;

	for (const char *at = name; *at; at++) {
		depth += bracket_at(name, at);
		if (*at == ' ' && depth == 0 && at[1] != '<' &&
		    (at - name < 8 || memcmp(at - 8, "operator", 8) != 0))
			found = at + 1;
	}
	return found;
}

/* Whether it is the C++ library's. */
static bool is_of_library(const char *name)
{
	return strncmp(name, "std::", 5) == 0 ||
	       strncmp(name, "__gnu_cxx::", 11) == 0;
}

/* The name without what templates were made with: of the library's that is
 * ten times as much as the name, and the line says where it was. */
static char *without_arguments(const char *name)
{
	char *kept = text_format("%s", name);
	char *to = kept;
	int depth = 0;

	for (const char *at = name; *at; at++) {
		int bracket = bracket_at(name, at);

		depth += bracket > 0 && *at == '<';
		if (depth == 0)
			*to++ = *at;
		depth -= bracket < 0 && *at == '>';
	}
	/* "operator<< <" keeps apart what is no longer there. */
	if (to > kept && to[-1] == ' ')
		to--;
	*to = '\0';
	return kept;
}

char *demangle_function(const char *symbol)
{
	char *whole = strncmp(symbol, "_Z", 2) == 0 ? demangle(symbol) : NULL;
	const char *name;
	char *function;

	if (!whole)
		return NULL;
	*parameters_of(whole) = '\0';
	name = behind_type(whole);
	function = is_of_library(name) ? without_arguments(name)
				       : text_format("%s", name);
	free(whole);
	return function;
}

char *demangle_type(const char *name)
{
	char *type = demangle(name);

	return type ? type : text_format("%s", name);
}
