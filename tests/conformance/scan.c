/*
 * Functions that read numbers and words from strings, print into them and cut
 * them up: the search reads their formats as well, and they still do what they
 * should.
 */
#define _GNU_SOURCE
#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void numbers(void)
{
	int a = 0;
	short b = 0;
	signed char c = 0;
	long d = 0;
	intmax_t e = 0;
	float f = 0;
	double g = 0;
	long double h = 0;
	void *i = NULL;

	CHECK_VALUE(sscanf("1 -2 3 40000000000 5", "%d %hd %hhd %ld %jd", &a,
			   &b, &c, &d, &e));
	CHECK_VALUE(a + b + c + d + (long)e);
	CHECK_VALUE(sscanf("1.5e2,2.5,3.5", "%f,%lf,%Lf", &f, &g, &h));
	CHECK_VALUE((long)f + (long)(g * 2) + (long)(h * 2));
	CHECK_VALUE(sscanf("0x1f 017 ff", "%i %i %x", &a, (int *)&e,
			   (unsigned *)&d));
	CHECK_VALUE(a);
	CHECK_VALUE(sscanf("0x10", "%p", &i));
	CHECK_VALUE((long)i);
	CHECK_VALUE(sscanf("12345", "%2d%*1d%d", &a, (int *)&e));
	CHECK_VALUE(a);
	CHECK_VALUE(sscanf("x", "%d", &a));
	CHECK_VALUE(sscanf("", "%d", &a));
	CHECK_VALUE(sscanf("7%8", "%d%%%d", &a, (int *)&e));
}

static void words(void)
{
	char word[16];
	char other[16];
	char *made = NULL;
	int at = -1;

	CHECK_VALUE(sscanf("  one two", "%s%n %15s", word, &at, other));
	printf("%s %s %d\n", word, other, at);
	CHECK_VALUE(sscanf("abc]d-e", "%[]abc]%15[^e]", word, other));
	printf("%s %s\n", word, other);
	memset(word, 'x', sizeof(word));
	CHECK_VALUE(sscanf("a b", "%3c", word));
	printf("%.4s\n", word);
	CHECK_VALUE(sscanf("word", "%ms", &made));
	printf("%s\n", made);
	free(made);
	CHECK_VALUE(sscanf("k=v", "%15[^=]=%15s", word, other));
	CHECK_VALUE(sscanf("5 six", "%*d %s", word));
	printf("%s\n", word);
}

static int scan_list(const char *string, const char *format, ...)
{
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsscanf(string, format, arguments);
	va_end(arguments);
	return count;
}

static void lists(void)
{
	int a = 0;
	char word[8];

	CHECK_VALUE(scan_list("3 abc", "%d %7s", &a, word));
	CHECK_VALUE(a);
	printf("%s\n", word);
}

static void printing(void)
{
	char text[64];
	char *made = NULL;
	int at = 0;
	long far = 0;
	const char *volatile nothing = NULL;
	volatile size_t room = 5;

	CHECK_VALUE(snprintf(text, sizeof(text), "%.3s|%*d|%-6.*f|%n", "abcdef",
			     5, 42, 2, 1.25, &at));
	CHECK_VALUE(at);
	printf("%s\n", text);
	CHECK_VALUE(snprintf(text, room, "%s%ln", "0123456789", &far));
	CHECK_VALUE(far);
	printf("%s\n", text);
	CHECK_VALUE(snprintf(text, sizeof(text), "%c %5.1Lf %zu %hhd %p%%", 'x',
			     2.5L, (size_t)7, 300, (void *)0));
	printf("%s\n", text);
	CHECK_VALUE(snprintf(text, sizeof(text), "%2$s %1$s", "a", "b"));
	printf("%s\n", text);
	CHECK_VALUE(snprintf(text, sizeof(text), "%s", nothing));
	CHECK_VALUE(snprintf(text, sizeof(text), "%ls %lc", L"wide", L'c'));
	printf("%s\n", text);
	CHECK_VALUE(asprintf(&made, "%d-%s", 12, "new"));
	printf("%s\n", made);
	free(made);
}

static void cutting(void)
{
	char text[] = "a,b;;c";
	char other[] = ",,x,y";
	char *rest = NULL;
	char *left = text;
	char *token;

	for (token = strtok(text, ",;"); token; token = strtok(NULL, ",;"))
		printf("%s\n", token);
	CHECK_VALUE(strtok(NULL, ",") == NULL);
	for (token = strtok_r(other, ",", &rest); token;
	     token = strtok_r(NULL, ",", &rest))
		printf("%s\n", token);
	strcpy(text, "1,,2");
	while ((token = strsep(&left, ",")) != NULL)
		printf("[%s]\n", token);
	CHECK_VALUE(strsep(&left, ",") == NULL);
}

static void looking(void)
{
	const char *text = "Hello world";

	CHECK_VALUE(strstr(text, "wor") - text);
	CHECK_VALUE(strstr(text, "") - text);
	CHECK_VALUE(strstr(text, "worlds") == NULL);
	CHECK_VALUE(strspn(text, "Hel"));
	CHECK_VALUE(strcspn(text, " "));
	CHECK_VALUE(strcspn(text, ""));
	CHECK_VALUE(strpbrk(text, "wo") - text);
	CHECK_VALUE(strpbrk(text, "xyz") == NULL);
	CHECK_VALUE(strcasecmp("ABC", "abc"));
	CHECK_VALUE(strcasecmp("ABC", "abd") < 0);
	CHECK_VALUE(strncasecmp("ABCx", "abcy", 3));
	CHECK_VALUE(strncasecmp("a", "b", 0));
}

static void lines(void)
{
	char text[8];
	char *line = NULL;
	size_t room = 0;
	int number = 5;

	CHECK_VALUE(scanf("%d", &number));
	CHECK_VALUE(number);
	CHECK_VALUE(fgets(text, sizeof(text), stdin) == NULL);
	CHECK_VALUE(getline(&line, &room, stdin));
	free(line);
	line = NULL;
	room = 0;
	CHECK_VALUE(getdelim(&line, &room, ',', stdin));
	free(line);
}

int main(void)
{
	numbers();
	words();
	lists();
	printing();
	cutting();
	looking();
	lines();
	return 0;
}
