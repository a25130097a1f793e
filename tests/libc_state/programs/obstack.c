/* Objects in a stack. */
#include <obstack.h>
#include <stdlib.h>
#include <string.h>

#include "again.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

static void use(const char *when)
{
	static struct obstack stack;
	static int begun;
	char *text;

	if (!begun++)
		obstack_init(&stack);
	obstack_grow(&stack, when, strlen(when));
	obstack_1grow(&stack, 0);
	text = obstack_finish(&stack);
	printf("%s %d\n", text, (int)obstack_memory_used(&stack) > 0);
}
