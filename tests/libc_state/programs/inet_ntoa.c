/* The one text for an address. */
#include <arpa/inet.h>

#include "again.h"

static void use(const char *when)
{
	static struct in_addr address = {0x0100007f};

	printf("%s %s\n", when, inet_ntoa(address));
	address.s_addr++;
}
