/*
 * Writing, in all ways: what each answers, and that what is written is written
 * in order.
 */
#include "check.h"

#include <stdarg.h>
#include <sys/uio.h>
#include <unistd.h>

/* Both kinds in one order: what stdio has not written yet goes first. */
#define CHECK_DIRECTLY(call)                                                   \
	do {                                                                   \
		long long answer_;                                             \
		fflush(stdout);                                                \
		answer_ = (call);                                              \
		CHECK_VALUE(answer_);                                          \
	} while (0)

__attribute__((format(printf, 1, 2))) static int
with_vprintf(const char *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vprintf(format, values);
	va_end(values);
	return result;
}

__attribute__((format(printf, 1, 2))) static int
with_vfprintf(const char *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vfprintf(stdout, format, values);
	va_end(values);
	return result;
}

__attribute__((format(printf, 1, 2))) static int
with_vdprintf(const char *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vdprintf(1, format, values);
	va_end(values);
	return result;
}

__attribute__((format(printf, 3, 4))) static int
with_vsnprintf(char *to, size_t size, const char *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vsnprintf(to, size, format, values);
	va_end(values);
	return result;
}

__attribute__((format(printf, 2, 3))) static int
with_vsprintf(char *to, const char *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vsprintf(to, format, values);
	va_end(values);
	return result;
}

static void formatted(void)
{
	CHECK_VALUE(printf("%d %s %5.1f\n", 1, "two", 3.0));
	CHECK_VALUE(fprintf(stdout, "%c%%\n", 'x'));
	CHECK_VALUE(with_vprintf("%x\n", 255));
	CHECK_VALUE(with_vfprintf("%-3d|\n", 7));
	CHECK_DIRECTLY(dprintf(1, "%s\n", "directly"));
	CHECK_DIRECTLY(with_vdprintf("%s\n", "directly"));
}

static void into_memory(void)
{
	static const char *volatile too_long = "much too long";
	char text[8];

	CHECK_VALUE(sprintf(text, "%d", 123));
	CHECK_VALUE(with_vsprintf(text, "%d", 4567));
	puts(text);
	CHECK_VALUE(snprintf(text, sizeof(text), "%s", too_long));
	puts(text);
	CHECK_VALUE(snprintf(NULL, 0, "%d", 12345));
	CHECK_VALUE(with_vsnprintf(text, 3, "%d", 678));
	puts(text);
}

static void characters(void)
{
	CHECK_VALUE(puts("line") >= 0);
	CHECK_VALUE(putchar('a'));
	CHECK_VALUE(putchar_unlocked('b'));
	CHECK_VALUE(putc('c', stdout));
	CHECK_VALUE(putc_unlocked('d', stdout));
	CHECK_VALUE(fputc('e', stdout));
	CHECK_VALUE(fputc_unlocked('f', stdout));
	CHECK_VALUE(fputs("g\n", stdout) >= 0);
	CHECK_VALUE(fputs_unlocked("h\n", stdout) >= 0);
	CHECK_VALUE(fwrite("ij\n", 1, 3, stdout));
	CHECK_VALUE(fwrite_unlocked("kl\n", 3, 1, stdout));
	CHECK_VALUE(fwrite("none", 0, 9, stdout));
}

static void directly(void)
{
	const struct iovec parts[] = {
		{(char[]){"one\n"}, 4}, {NULL, 0}, {(char[]){"two\n"}, 4}};

	CHECK_DIRECTLY(write(1, "direct\n", 7));
	CHECK_DIRECTLY(write(1, "", 0));
	CHECK_ERRNO((int)write(-1, "x", 1));
	CHECK_DIRECTLY(writev(1, parts, 3));
	CHECK_DIRECTLY(writev(1, parts, 0));
	CHECK_ERRNO((int)writev(-1, parts, 1));
	CHECK_VALUE(fflush(stdout));
	CHECK_VALUE(fflush_unlocked(stdout));
}

static void buffers(void)
{
	static char buffer[BUFSIZ];

	CHECK_VALUE(setvbuf(stdout, NULL, _IONBF, 0));
	CHECK_VALUE(setvbuf(stdout, buffer, _IOFBF, 64));
	CHECK_VALUE(setvbuf(stdout, NULL, 77, 0) != 0);
	setlinebuf(stdout);
	CHECK_VALUE(putchar('z'));
	setbuf(stdout, NULL);
	CHECK_VALUE(putchar('y'));
	setbuffer(stdout, buffer, sizeof(buffer));
	CHECK_VALUE(putchar('x'));
}

int main(void)
{
	formatted();
	into_memory();
	characters();
	directly();
	buffers();
	return 0;
}
