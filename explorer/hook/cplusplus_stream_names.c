/*
 * What functions of the C++ library's streams do, by their names: whether they
 * change the stream, and what they read or write besides.
 */
#include <string.h>

#include "base/own_names.h"
#include "hook/cplusplus_names.h"

static bool ends_in(const char *name, const char *text)
{
	size_t length = strlen(name);
	size_t end = strlen(text);

	return length >= end && strcmp(name + length - end, text) == 0;
}

struct stream_class {
	const char *name;
	enum stream_part part;
};

/* Those that end in I have arguments of their own; each is also known by an
 * older name. */
static const struct stream_class stream_classes[] = {
	{"So", STREAM_WHOLE},
	{"Si", STREAM_WHOLE},
	{"Sd", STREAM_WHOLE},
	{"St13basic_ostreamI", STREAM_WHOLE},
	{"St13basic_istreamI", STREAM_WHOLE},
	{"St14basic_iostreamI", STREAM_WHOLE},
	{"St14basic_ofstreamI", STREAM_WHOLE},
	{"St14basic_ifstreamI", STREAM_WHOLE},
	{"St13basic_fstreamI", STREAM_WHOLE},
	{"St7__cxx1119basic_ostringstreamI", STREAM_WHOLE},
	{"St7__cxx1119basic_istringstreamI", STREAM_WHOLE},
	{"St7__cxx1118basic_stringstreamI", STREAM_WHOLE},
	{"St19basic_ostringstreamI", STREAM_WHOLE},
	{"St19basic_istringstreamI", STREAM_WHOLE},
	{"St18basic_stringstreamI", STREAM_WHOLE},
	{"St9basic_iosI", STREAM_STATE},
	{"St8ios_base", STREAM_STATE},
	{"St15basic_streambufI", STREAM_BUFFER},
	{"St13basic_filebufI", STREAM_BUFFER},
	{"St7__cxx1115basic_stringbufI", STREAM_BUFFER},
	{"St15basic_stringbufI", STREAM_BUFFER},
};

/* Functions whose first parameter is a stream. */
static const char *const stream_functions[] = {
	"_ZStlsI",    "_ZStrsI",       "_ZSt16__ostream_insertI",
	"_ZSt4endlI", "_ZSt4endsI",    "_ZSt5flushI",
	"_ZSt2wsI",   "_ZSt7getlineI",
};

/* Behind a name that stands behind its length; empty if it is cut off. */
static const char *skip_name(const char *at)
{
	size_t length = 0;

	for (; *at >= '0' && *at <= '9'; at++)
		length = length * 10 + (size_t)(*at - '0');
	return strlen(at) < length ? "" : at + length;
}

/* Behind the arguments of a template, of which the first I has been read. */
static const char *skip_arguments(const char *at)
{
	for (unsigned depth = 1; depth > 0 && *at;) {
		if (*at >= '0' && *at <= '9') {
			at = skip_name(at);
			continue;
		}
		/* St, Sa, S_, S0_: abbreviations */
		if (*at == 'S' && at[1])
			at++;
		else if (*at == 'I' || *at == 'N')
			depth++;
		else if (*at == 'E')
			depth--;
		at++;
	}
	return at;
}

/* The parameters of a function of a class, behind its own name. */
static const char *parameters_of(const char *function)
{
	bool has_length = *function >= '0' && *function <= '9';
	const char *end = has_length ? skip_name(function) : function;

	/* Else an operator: two letters. */
	if (!has_length && *end && end[1])
		end += 2;
	/* A conversion's type is one letter more. */
	while (*end && *end != 'E')
		end++;
	return *end ? end + 1 : end;
}

static uint8_t bytes_of(char type)
{
	static const char letters[] = "bahcstijwflmxydepP";
	static const uint8_t bytes[] = {1, 1, 1, 1, 2, 2, 4,  4, 4,
					4, 8, 8, 8, 8, 8, 16, 8, 8};
	const char *at = strchr(letters, type);

	return type && at ? bytes[at - letters] : 0;
}

/* Sets what the second word points to, going by the parameters behind the
 * stream. */
static void set_argument(struct cplusplus_stream *use, const char *parameters)
{
	if (parameters[0] == 'P' && parameters[1] == 'K')
		use->argument = parameters[3] == 'l'
					? STREAM_ARGUMENT_READ
					: STREAM_ARGUMENT_ENDS_IN_ZERO;
	else if (parameters[0] == 'P' && parameters[1] && parameters[2] == 'l')
		use->argument = STREAM_ARGUMENT_WRITTEN;
	else if (name_after(parameters, "RKNSt7__cxx1112basic_stringI"))
		use->argument = STREAM_ARGUMENT_STRING_READ;
	else if (name_after(parameters, "RNSt7__cxx1112basic_stringI"))
		use->argument = STREAM_ARGUMENT_STRING_WRITTEN;
	else if (parameters[0] == 'R' && bytes_of(parameters[1]) > 0) {
		use->argument = STREAM_ARGUMENT_VALUE;
		use->bytes = bytes_of(parameters[1]);
	}
}

/* Functions that return an object have its place before the stream. */
static bool returns_object(const char *function)
{
	static const char *const names[] = {"3strEv", "6getlocEv", "5imbueE",
					    "8pubimbueE"};

	return name_after_any(function, names, COUNT(names)) != NULL;
}

/* Sets what a function of a class of streams does; false if it is of none, or
 * nobody else's business: constructors, and what only asks for the buffer. */
static bool is_stream_member(const char *symbol, struct cplusplus_stream *use)
{
	bool is_const;
	const char *class = name_of_class(symbol, &is_const);
	const char *function = NULL;

	for (size_t i = 0; class && !function && i < COUNT(stream_classes);
	     i++) {
		function = name_after(class, stream_classes[i].name);
		use->part = stream_classes[i].part;
		if (function && function[-1] == 'I')
			function = skip_arguments(function);
	}
	if (!function)
		return false;
	use->writes = !is_const;
	use->ends = *function == 'D';
	use->word = returns_object(function);
	if (name_after(function, "4swapE") || name_after(function, "aSE"))
		use->argument = STREAM_ARGUMENT_STREAM;
	else if (use->word == 0)
		set_argument(use, parameters_of(function));
	return true;
}

static bool is_stream_silent(const char *symbol)
{
	return strstr(symbol, "EC1E") || strstr(symbol, "EC2E") ||
	       strstr(symbol, "oC1E") || strstr(symbol, "oC2E") ||
	       strstr(symbol, "iC1E") || strstr(symbol, "iC2E") ||
	       strstr(symbol, "dC1E") || strstr(symbol, "dC2E") ||
	       strstr(symbol, "6sentry") || ends_in(symbol, "5rdbufEv");
}

static bool is_stream_function(const char *symbol, struct cplusplus_stream *use)
{
	if (!name_after_any(symbol, stream_functions, COUNT(stream_functions)))
		return false;
	use->part = STREAM_WHOLE;
	use->writes = true;
	if (strstr(symbol, "__ostream_insert"))
		use->argument = STREAM_ARGUMENT_READ;
	else if (strstr(symbol, "RKNSt7__cxx1112basic_stringI"))
		use->argument = STREAM_ARGUMENT_STRING_READ;
	else if (strstr(symbol, "RNSt7__cxx1112basic_stringI"))
		use->argument = STREAM_ARGUMENT_STRING_WRITTEN;
	else if (ends_in(symbol, "PKc") || ends_in(symbol, "PKa") ||
		 ends_in(symbol, "PKh"))
		use->argument = STREAM_ARGUMENT_ENDS_IN_ZERO;
	else if (name_after(symbol, "_ZStrsI"))
		use->argument = STREAM_ARGUMENT_VALUE;
	return true;
}

bool cplusplus_stream_known(const char *symbol, struct noted_call *call)
{
	if (!is_stream_member(symbol, &call->stream) &&
	    !is_stream_function(symbol, &call->stream))
		return false;
	call->note = is_stream_silent(symbol) ? NULL : cplusplus_note_stream;
	return true;
}
