/*
 * Bytes that are no text.
 *
 * Verdict: verified
 * Outcomes: 1
 * Output: base64 Yf8AYg==
 */
#include <stdio.h>

int main(void)
{
	fwrite("a\xff\0b", 1, 4, stdout);
	return 0;
}
