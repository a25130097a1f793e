/*
 * One order ends the process behind the back of every hook.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: exit 7
 * Finding: crash
 * Incomplete: any
 */
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

static int x;

static void vanish(int status)
{
#if defined(__x86_64__)
	__asm__ volatile("syscall"
			 :
			 : "a"(SYS_exit_group), "D"(status)
			 : "rcx", "r11", "memory");
#else
	syscall(SYS_exit_group, status);
#endif
}

static void *one(void *unused)
{
	__atomic_store_n(&x, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *two(void *unused)
{
	if (__atomic_load_n(&x, __ATOMIC_SEQ_CST) == 0)
		vanish(7);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, one, NULL);
	pthread_create(&second, NULL, two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
