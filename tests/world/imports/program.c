/*
 * A program that calls USE, and says with its status what it imports: 1 what
 * sees exception flags, 2 what sees thread state.
 */
#include "world/imports.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fenv.h>
#include <locale.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	static const struct modules none_is_ours;

	(void)(USE);
	return imports_exception_flags(&none_is_ours) +
	       2 * imports_thread_state(&none_is_ours);
}
