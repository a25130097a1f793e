/* See expectation.h. */
#include "cli/expectation.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* --- Reading */

static void add_words(struct lines *lines, const char *text)
{
	char *copy = strdup(text);
	char *rest = copy;
	char *word;

	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0')
			lines_add(lines, strdup(word));
	free(copy);
}

static bool fact_read(struct expectation *expectation, const char *key,
		      const char *value)
{
	const struct {
		const char *key;
		struct lines *words; /* split */
		struct lines *whole; /* or not */
	} lists[] = {
		{"Watch", &expectation->watches, NULL},
		{"Options", &expectation->options, NULL},
		{"Arguments", &expectation->arguments, NULL},
		{"Command", &expectation->command, NULL},
		{"Flags", &expectation->flags, NULL},
		{"Incomplete", &expectation->incomplete, NULL},
		{"Outcome", NULL, &expectation->outcomes},
		{"Output", NULL, &expectation->output},
		{"Lost", NULL, &expectation->lost},
		{"Finding", NULL, &expectation->findings},
		{"Blocked", NULL, &expectation->blocked},
		{"Warning", NULL, &expectation->warnings},
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		if (strcmp(key, lists[i].key) != 0)
			continue;
		if (lists[i].words != NULL)
			add_words(lists[i].words, value);
		else
			lines_add(lists[i].whole, strdup(value));
		return true;
	}
	if (strcmp(key, "Verdict") == 0)
		expectation->verdict = strdup(value);
	else if (strcmp(key, "Status") == 0)
		expectation->status = atoi(value);
	else if (strcmp(key, "Outcomes") == 0)
		expectation->outcome_count = atoi(value);
	else if (strcmp(key, "Executions") == 0)
		expectation->executions = atoll(value);
	else
		return false;
	return true;
}

/* Another case begins: its arguments. */
static void case_begin(struct expectation *expectation, const char *arguments)
{
	expectation->case_count++;
	if (expectation->case_count == expectation->case_number)
		add_words(&expectation->arguments, arguments);
}

static bool is_of_this_case(const struct expectation *expectation)
{
	return expectation->case_count == 0 ||
	       expectation->case_count == expectation->case_number;
}

/* Reads the fact that has been put together, if there is one. */
static void fact_finish(const char *path, struct expectation *expectation,
			char **fact)
{
	char *colon;
	const char *value;

	if (*fact == NULL)
		return;
	colon = strchr(*fact, ':');
	*colon = '\0';
	value = colon + 1 + strspn(colon + 1, " ");
	if (strcmp(*fact, "Case") == 0)
		case_begin(expectation, value);
	else if (is_of_this_case(expectation) &&
		 !fact_read(expectation, *fact, value))
		cr_fatal("%s: no such fact: %s", path, *fact);
	free(*fact);
	*fact = NULL;
}

/* "Key: value". Prose may contain colons, so only one word that starts with a
 * capital is a key. */
static bool is_fact(const char *line)
{
	const char *colon = strchr(line, ':');

	return isupper((unsigned char)*line) && colon != NULL &&
	       colon[1] == ' ' && strcspn(line, " ") > (size_t)(colon - line);
}

/* One line of the comment: begins a fact, or continues it, indented. */
static void line_read(const char *path, struct expectation *expectation,
		      const char *line, char **fact)
{
	char *longer;

	if (*fact != NULL && strncmp(line, " *     ", 7) == 0) {
		cr_assert(ge(int, asprintf(&longer, "%s %s", *fact, line + 7),
			     0));
		free(*fact);
		*fact = longer;
		return;
	}
	fact_finish(path, expectation, fact);
	if (strncmp(line, " * ", 3) == 0 && is_fact(line + 3))
		*fact = strdup(line + 3);
}

void expectation_read_case(const char *path, int number,
			   struct expectation *ret_expectation)
{
	struct expectation expectation = {.status = -1,
					  .outcome_count = -1,
					  .executions = -1,
					  .case_number = number};
	char *comment;
	char *fact = NULL;
	char *rest;
	char *line;

	expectation.text = scratch_read(path);
	comment = strdup(expectation.text);
	rest = comment;
	while ((line = strsep(&rest, "\n")) != NULL && strcmp(line, " */") != 0)
		line_read(path, &expectation, line, &fact);
	fact_finish(path, &expectation, &fact);
	free(comment);
	*ret_expectation = expectation;
}

void expectation_read(const char *path, struct expectation *ret_expectation)
{
	expectation_read_case(path, 1, ret_expectation);
}

void expectation_fini(struct expectation *expectation)
{
	struct lines *const lists[] = {
		&expectation->watches,	 &expectation->options,
		&expectation->arguments, &expectation->command,
		&expectation->flags,	 &expectation->incomplete,
		&expectation->outcomes,	 &expectation->output,
		&expectation->lost,	 &expectation->findings,
		&expectation->blocked,	 &expectation->warnings};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		lines_fini(lists[i]);
	free(expectation->text);
	free(expectation->verdict);
}

/* --- Differences */

__attribute__((format(printf, 2, 3))) static void
differ(struct lines *wrong, const char *format, ...)
{
	va_list values;
	char *line;

	va_start(values, format);
	if (vasprintf(&line, format, values) >= 0)
		lines_add(wrong, line);
	va_end(values);
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

static char *dumped(const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	return text != NULL ? text : strdup("nothing");
}

/* --- Outcomes */

/* The line without its status. */
static char *without_status(const char *line)
{
	char *copy = strdup(line);
	char *status = strchr(copy, ' ');
	char *end;

	if (status == NULL ||
	    !isdigit((unsigned char)status[status[1] == '-' ? 2 : 1]))
		return copy;
	end = status + 1 + strcspn(status + 1, " ");
	memmove(status, end, strlen(end) + 1);
	return copy;
}

static bool line_is(const json_t *outcome, enum outcome_parts parts,
		    const char *expected)
{
	char *line = outcome_line(outcome, parts);
	char *shorter = without_status(line);
	const bool is = strcmp(line, expected) == 0 ||
			(strncmp(line, "exit ", 5) != 0 &&
			 strcmp(shorter, expected) == 0);

	free(line);
	free(shorter);
	return is;
}

bool outcome_is(const json_t *outcome, const char *line)
{
	return line_is(outcome, OUTCOME_VALUES, line) ||
	       line_is(outcome, OUTCOME_VALUES_AND_OUTPUT, line) ||
	       /* Values may be left out where they do not matter. */
	       (strpbrk(line, "=\"") == NULL &&
		strcmp(line, text_of(outcome, "end")) == 0);
}

static bool is_listed(const json_t *outcome, const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		if (outcome_is(outcome, lines->at[i]))
			return true;
	return false;
}

static bool is_there(const json_t *outcomes, const char *line)
{
	const json_t *outcome;
	size_t i;

	json_array_foreach(outcomes, i,
			   outcome) if (outcome_is(outcome, line)) return true;
	return false;
}

static void check_outcomes(const struct expectation *expectation,
			   const json_t *outcomes, struct lines *wrong)
{
	const json_t *outcome;
	char *line;
	size_t i;

	if (expectation->outcome_count >= 0 &&
	    json_array_size(outcomes) != (size_t)expectation->outcome_count)
		differ(wrong, "expected %d outcomes, actual %zu",
		       expectation->outcome_count, json_array_size(outcomes));
	if (expectation->outcomes.count == 0)
		return;
	for (i = 0; i < expectation->outcomes.count; i++)
		if (!is_there(outcomes, expectation->outcomes.at[i]))
			differ(wrong, "expected outcome: %s",
			       expectation->outcomes.at[i]);
	json_array_foreach(outcomes, i, outcome)
	{
		if (is_listed(outcome, &expectation->outcomes))
			continue;
		line = outcome_line(outcome, OUTCOME_VALUES_AND_OUTPUT);
		differ(wrong, "unexpected outcome: %.400s", line);
		free(line);
	}
}

static void check_lost(const struct expectation *expectation,
		       const json_t *outcomes, struct lines *wrong)
{
	const json_t *outcome;
	size_t i;

	if (expectation->lost.count == 0)
		return;
	json_array_foreach(outcomes, i, outcome)
	{
		const json_t *lost = json_object_get(outcome, "lost_updates");
		const bool expected = is_listed(outcome, &expectation->lost);
		const bool actual = json_integer_value(lost) > 0;
		char *line;

		/* A search over states has answered, which does not know. */
		if (json_is_null(lost) ||
		    (json_is_integer(lost) && expected == actual))
			continue;
		line = outcome_line(outcome, OUTCOME_VALUES);
		differ(wrong, "%s: expected lost updates: %s, actual %lld",
		       line, expected ? "some" : "none",
		       (long long)json_integer_value(lost));
		free(line);
	}
}

/* The text with C's escapes \n, \t and \" made into what they mean, as JSON
 * does. */
static char *unescaped(const char *text)
{
	char *quoted;
	json_t *string;
	char *result;

	cr_assert(ge(int, asprintf(&quoted, "\"%s\"", text), 0));
	string = json_loads(quoted, JSON_DECODE_ANY, NULL);
	result = strdup(string != NULL ? json_string_value(string) : "");
	json_decref(string);
	free(quoted);
	return result;
}

static bool output_fits(const json_t *outcome, const char *line)
{
	const char *output = text_of(outcome, "output");
	char *wanted = unescaped(strchr(line, ' ') + 1);
	const size_t length = strlen(wanted);
	bool fits;

	if (strncmp(line, "begins ", 7) == 0)
		fits = strncmp(output, wanted, length) == 0;
	else if (strncmp(line, "ends ", 5) == 0)
		fits = strlen(output) >= length &&
		       strcmp(output + strlen(output) - length, wanted) == 0;
	else
		fits = strcmp(text_of(outcome, "output_base64"), wanted) == 0;
	free(wanted);
	return fits;
}

static void check_output(const struct expectation *expectation,
			 const json_t *outcomes, struct lines *wrong)
{
	const json_t *outcome;
	size_t i;

	json_array_foreach(
		outcomes, i,
		outcome) for (size_t k = 0; k < expectation->output.count;
			      k++) if (!output_fits(outcome,
						    expectation->output.at[k]))
		differ(wrong, "expected output %s, actual %.80s",
		       expectation->output.at[k], text_of(outcome, "output"));
}

/* --- Findings */

/* The value of a key of the line, up to the next space; message takes all. */
static char *key_value(const char *line, const char *key)
{
	const size_t length = strlen(key);
	const char *message = strstr(line, " message=");
	const char *at = line;

	while ((at = strstr(at, key)) != NULL) {
		if (at > line && at[-1] == ' ' && at[length] == '=' &&
		    (message == NULL || at <= message + 1))
			break;
		at++;
	}
	if (at == NULL)
		return NULL;
	at += length + 1;
	return strcmp(key, "message") == 0 ? strdup(at)
					   : strndup(at, strcspn(at, " "));
}

/* The line of the source that ends with the mark; 0 if there is none. */
static long long mark_line(const char *text, const char *mark)
{
	char *comment;
	const char *at;
	long long line = 1;

	cr_assert(ge(int, asprintf(&comment, "/* %s */", mark), 0));
	at = strstr(text, comment);
	free(comment);
	if (at == NULL)
		return 0;
	for (const char *c = text; c < at; c++)
		line += *c == '\n';
	return line;
}

/* What one of the two accesses, or a finding without accesses, says. */
static char *said(const struct expectation *expectation, const json_t *object,
		  const char *key)
{
	char *text;

	(void)expectation;
	if (strcmp(key, "operations") == 0)
		return strdup(text_of(object, "operation"));
	if (strcmp(key, "in") == 0)
		return strdup(text_of(object, "function"));
	cr_assert(ge(int,
		     asprintf(&text, "%lld",
			      (long long)json_integer_value(
				      json_object_get(object, "line"))),
		     0));
	return text;
}

static char *wanted(const struct expectation *expectation, const char *word,
		    const char *key)
{
	char *text;

	if (strcmp(key, "at") != 0)
		return strdup(word);
	cr_assert(
		ge(int,
		   asprintf(&text, "%lld", mark_line(expectation->text, word)),
		   0));
	return text;
}

/* Both sides as sorted lists of lines, so that either order will do. */
static bool same_words(const struct expectation *expectation,
		       const json_t *finding, const char *key,
		       const char *value)
{
	const json_t *accesses = json_object_get(finding, "accesses");
	struct lines expected = {0};
	struct lines actual = {0};
	char *copy = strdup(value);
	char *rest = copy;
	char *word;
	char *left;
	char *right;
	const json_t *access;
	size_t i;
	bool same;

	while ((word = strsep(&rest, ",")) != NULL)
		lines_add(&expected, wanted(expectation, word, key));
	json_array_foreach(accesses, i, access)
		lines_add(&actual, said(expectation, access, key));
	if (json_array_size(accesses) == 0)
		lines_add(&actual, said(expectation, finding, key));
	same = expected.count == actual.count;
	left = lines_join(&expected);
	right = lines_join(&actual);
	same = same && strcmp(left, right) == 0;
	free(left);
	free(right);
	free(copy);
	return same;
}

/* The name as a whole, not as a part of another name: "x" is in "x+4" and in
 * "file.c:x", not in "max". */
static bool names(const char *text, const char *name)
{
	const size_t length = strlen(name);
	const char *at = text;

	while ((at = strstr(at, name)) != NULL) {
		const char after = at[length];

		if ((at == text ||
		     !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) &&
		    !(isalnum((unsigned char)after) || after == '_'))
			return true;
		at++;
	}
	return false;
}

static bool has_variable(const json_t *finding, const char *name)
{
	const json_t *access;
	size_t i;

	json_array_foreach(json_object_get(finding, "accesses"), i,
			   access) if (names(text_of(access, "variable"),
					     name)) return true;
	return false;
}

static bool key_fits(const struct expectation *expectation,
		     const json_t *finding, const char *key, const char *value)
{
	if (strcmp(key, "variable") == 0)
		return has_variable(finding, value);
	if (strcmp(key, "message") == 0)
		return strstr(text_of(finding, "message"), value) != NULL;
	return same_words(expectation, finding, key, value);
}

static bool finding_is(const struct expectation *expectation,
		       const json_t *finding, const char *line)
{
	static const char *const keys[] = {"variable", "operations", "in", "at",
					   "message"};
	const size_t kind = strcspn(line, " ");
	bool is = strncmp(text_of(finding, "kind"), line, kind) == 0 &&
		  text_of(finding, "kind")[kind] == '\0';

	for (size_t i = 0; is && i < sizeof(keys) / sizeof(*keys); i++) {
		char *value = key_value(line, keys[i]);

		is = value == NULL ||
		     key_fits(expectation, finding, keys[i], value);
		free(value);
	}
	return is;
}

static bool finding_is_listed(const struct expectation *expectation,
			      const json_t *finding)
{
	for (size_t i = 0; i < expectation->findings.count; i++)
		if (finding_is(expectation, finding,
			       expectation->findings.at[i]))
			return true;
	return false;
}

static bool finding_is_there(const struct expectation *expectation,
			     const json_t *findings, const char *line)
{
	const json_t *finding;
	size_t i;

	json_array_foreach(findings, i,
			   finding) if (finding_is(expectation, finding,
						   line)) return true;
	return false;
}

static void check_findings(const struct expectation *expectation,
			   const json_t *findings, struct lines *wrong)
{
	const json_t *finding;
	char *text;
	size_t i;

	if (lines_contain(&expectation->findings, "any"))
		return;
	for (i = 0; i < expectation->findings.count; i++)
		if (strcmp(expectation->findings.at[i], "none") != 0 &&
		    !finding_is_there(expectation, findings,
				      expectation->findings.at[i]))
			differ(wrong, "expected finding: %s",
			       expectation->findings.at[i]);
	json_array_foreach(findings, i, finding)
	{
		if (finding_is_listed(expectation, finding))
			continue;
		text = dumped(finding);
		differ(wrong, "unexpected finding: %.800s", text);
		free(text);
	}
}

/* "T1 waits m held T2 at here" */
static bool blocked_is(const struct expectation *expectation,
		       const json_t *thread, const char *line)
{
	char words[4][64] = {"", "", "", ""};
	const char *held = strstr(line, " held ");
	const char *at = strstr(line, " at ");

	sscanf(line, "%63s waits %63s", words[0], words[1]);
	if (held != NULL)
		sscanf(held, " held %63s", words[2]);
	if (at != NULL)
		sscanf(at, " at %63s", words[3]);
	return strcmp(text_of(thread, "thread"), words[0]) == 0 &&
	       names(text_of(thread, "waits_for"), words[1]) &&
	       (held == NULL ||
		strcmp(text_of(thread, "held_by"), words[2]) == 0) &&
	       (at == NULL ||
		json_integer_value(json_object_get(thread, "line")) ==
			mark_line(expectation->text, words[3]));
}

static bool is_blocked(const struct expectation *expectation,
		       const json_t *findings, const char *line)
{
	const json_t *finding;
	const json_t *thread;
	size_t i;
	size_t k;

	json_array_foreach(findings, i, finding) json_array_foreach(
		json_object_get(finding, "threads"), k,
		thread) if (blocked_is(expectation, thread, line)) return true;
	return false;
}

static void check_blocked(const struct expectation *expectation,
			  const json_t *findings, struct lines *wrong)
{
	for (size_t i = 0; i < expectation->blocked.count; i++)
		if (!is_blocked(expectation, findings,
				expectation->blocked.at[i])) {
			char *text = dumped(findings);

			differ(wrong, "expected blocked: %s, actual %.1200s",
			       expectation->blocked.at[i], text);
			free(text);
		}
}

/* --- The whole */

static int expected_status(const struct expectation *expectation)
{
	if (expectation->status >= 0)
		return expectation->status;
	if (strcmp(expectation->verdict, "findings") == 0)
		return 1;
	return strcmp(expectation->verdict, "incomplete") == 0 ? 3 : 0;
}

static void check_verdict(const struct expectation *expectation,
			  const struct answer *answer, struct lines *wrong)
{
	const char *verdict = text_of(answer->json, "verdict");
	const int status = expected_status(expectation);

	if (strcmp(verdict, expectation->verdict) != 0)
		differ(wrong, "expected verdict %s, actual %s",
		       expectation->verdict, verdict);
	if (answer->run.status != status)
		differ(wrong, "expected status %d, actual %d, stderr %.400s",
		       status, answer->run.status, answer->run.err);
}

static void check_incomplete(const struct expectation *expectation,
			     const json_t *answer, struct lines *wrong)
{
	const json_t *reasons = json_object_get(answer, "incomplete_because");
	const struct lines *expected = &expectation->incomplete;
	bool same = json_array_size(reasons) == expected->count;
	char *text;

	if (lines_contain(expected, "any"))
		return;
	for (size_t i = 0; i < json_array_size(reasons); i++)
		same = same &&
		       lines_contain(expected, json_string_value(json_array_get(
						       reasons, i)));
	if (same)
		return;
	text = dumped(reasons);
	differ(wrong,
	       "expected %zu reasons for being incomplete (%s), actual %s",
	       expected->count, expected->count > 0 ? expected->at[0] : "none",
	       text);
	free(text);
}

static bool is_warned(const json_t *warnings, const char *part)
{
	for (size_t i = 0; i < json_array_size(warnings); i++)
		if (strstr(json_string_value(json_array_get(warnings, i)),
			   part) != NULL)
			return true;
	return false;
}

static bool is_expected_warning(const struct expectation *expectation,
				const char *warning)
{
	for (size_t i = 0; i < expectation->warnings.count; i++)
		if (strstr(warning, expectation->warnings.at[i]) != NULL)
			return true;
	return false;
}

/* What is listed is there; and inversions of lock order are all listed. */
static void check_warnings(const struct expectation *expectation,
			   const json_t *answer, struct lines *wrong)
{
	const json_t *warnings = json_object_get(answer, "warnings");
	const char *const *listed =
		(const char *const *)expectation->warnings.at;

	for (size_t i = 0; i < expectation->warnings.count; i++)
		if (!is_warned(warnings, listed[i]))
			differ(wrong, "expected warning: %s", listed[i]);
	for (size_t i = 0; i < json_array_size(warnings); i++) {
		const char *warning =
			json_string_value(json_array_get(warnings, i));

		if (strncmp(warning, "lock-order", 10) == 0 &&
		    !is_expected_warning(expectation, warning))
			differ(wrong, "unexpected warning: %s", warning);
	}
}

static void check_executions(const struct expectation *expectation,
			     const json_t *answer, struct lines *wrong)
{
	const long long actual =
		json_integer_value(json_object_get(answer, "executions"));

	if (expectation->executions >= 0 && expectation->executions != actual)
		differ(wrong, "expected %lld executions, actual %lld",
		       expectation->executions, actual);
}

void expectation_check(const struct expectation *expectation,
		       const struct answer *answer, struct lines *wrong)
{
	const json_t *outcomes = json_object_get(answer->json, "outcomes");
	const json_t *findings = json_object_get(answer->json, "findings");

	if (answer->run.timed_out || answer->json == NULL) {
		differ(wrong,
		       "expected JSON, actual status %d, signal %d, %s"
		       "stdout %.400s, stderr %.1000s",
		       answer->run.status, answer->run.signal,
		       answer->run.timed_out ? "never ended, " : "",
		       answer->run.out, answer->run.err);
		return;
	}
	if (strcmp(expectation->verdict, "any") == 0)
		return;
	check_verdict(expectation, answer, wrong);
	check_incomplete(expectation, answer->json, wrong);
	check_warnings(expectation, answer->json, wrong);
	check_executions(expectation, answer->json, wrong);
	check_outcomes(expectation, outcomes, wrong);
	check_lost(expectation, outcomes, wrong);
	check_output(expectation, outcomes, wrong);
	check_findings(expectation, findings, wrong);
	check_blocked(expectation, findings, wrong);
}
