/*
 * Atomic additions of every size lose nothing.
 *
 * Watch: v8 v16 v32 v64
 * Verdict: verified
 * Outcome: exit 0 v16=14464 v32=2 v64=2199023255552 v8=144
 * Executions: 70
 */
#include <pthread.h>
#include <stdint.h>

static uint8_t v8;
static uint16_t v16;
static uint32_t v32;
static uint64_t v64;

static void *work(void *unused)
{
	__atomic_fetch_add(&v8, 200, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&v16, 40000, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&v32, 1, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&v64, UINT64_C(1) << 40, __ATOMIC_SEQ_CST);
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	pthread_create(&first, NULL, work, NULL);
	pthread_create(&second, NULL, work, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
