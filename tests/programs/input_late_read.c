/*
 * As input_late.c, past libc's buffer.
 *
 * Options: --strategy dfs --stdin tests/libc_state/input.txt
 * Watch: got
 * Verdict: findings
 * Finding: any
 * Outcome: exit 0 got=0
 * Outcome: exit 0 got=12
 */
#include <pthread.h>
#include <unistd.h>

static int x;
static int y;
static int got;

static void *look(void *unused)
{
	char bytes[12];

	y = 1;
	y = 2;
	y = 3;
	if (x == 4 && read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		got = (int)lseek(STDIN_FILENO, 0, SEEK_CUR);
	return unused;
}

static void *count(void *unused)
{
	for (int i = 0; i < 4; i++)
		x++;
	return y ? unused : NULL;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, look, NULL);
	pthread_create(&second, NULL, count, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
