/*
 * The program's end of the channel.
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/system_call.h"
#include "channel/socket.h"
#include "job/job.h"

#define GUARD_BYTES ((size_t)64 << 10)

/* "12,34", or "12,34,native": two numbers. */
static int parse(const char *value, int *ret_first, int *ret_second)
{
	int numbers[2] = {0, 0};
	unsigned which = 0;

	for (const char *c = value; *c; c++) {
		if (*c == ',' && which == 1)
			break;
		if (*c == ',') {
			which = 1;
		} else if (*c >= '0' && *c <= '9' && numbers[which] < 100000) {
			numbers[which] = numbers[which] * 10 + (*c - '0');
		} else {
			errno = EINVAL;
			return -1;
		}
	}
	*ret_first = numbers[0];
	*ret_second = numbers[1];
	return 0;
}

/* Between memory that nobody may touch: whoever runs over the end of a block of
 * the program's finds that. */
static void *map_guarded(int memory, size_t bytes)
{
	uint8_t *room =
		mmap(NULL, bytes + 2 * GUARD_BYTES, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (room == MAP_FAILED)
		return MAP_FAILED;
	return mmap(room + GUARD_BYTES, bytes, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_FIXED, memory, 0);
}

int link_open(struct link *link, const char *value)
{
	int memory;
	void *shared;

	*link = (struct link){0};
	if (parse(value, &link->socket, &memory) < 0)
		return -1;
	shared = map_guarded(memory, SHARED_BYTES);
	if (shared == MAP_FAILED)
		return -1;
	link->shared = shared;
	system_call(SYS_close, (uintptr_t[6]){(uintptr_t)memory});
	return 0;
}

_Noreturn void job_quit(int status)
{
	syscall(SYS_exit_group, status);
	__builtin_trap();
}

void link_send(struct link *link, enum message_type type)
{
	if (channel_send(link->socket, type, &link->body) < 0)
		job_quit(0);
	buffer_clear(&link->body);
}

void link_hello(struct link *link, const struct modules *modules)
{
	struct module_info infos[MODULES_MAX];
	struct hello hello = {.version = CHANNEL_VERSION,
			      .module_count = modules->count,
			      .modules = infos};

	for (unsigned i = 0; i < modules->count; i++)
		infos[i] = (struct module_info){modules->at[i].path,
						modules->at[i].bias};
	hello_put(&link->body, &hello);
	link_send(link, MESSAGE_HELLO);
}
