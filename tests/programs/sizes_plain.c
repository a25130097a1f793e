/*
 * Plain accesses of every size, with and without sign, aligned and not.
 *
 * Watch: wrong all.v8 all.v16 all.v32 all.v64 all.real all.wide all.flag
 * Verdict: verified
 * Outcome: exit 0 all.flag=false all.real=1.0 all.v16=-2 all.v32=-2 all.v64=-2
 *     all.v8=-2 all.wide=1.0 wrong=0
 */
#include <pthread.h>

struct all {
	signed char v8;
	short v16;
	int v32;
	long v64;
	__int128 v128;
	float real;
	double wide;
	long double widest;
	_Bool flag;
} __attribute__((aligned(16)));

static struct all all;
static char bytes[32];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int wrong;

static void change(void)
{
	all.v8 -= 1;
	all.v16 -= 1;
	all.v32 -= 1;
	all.v64 -= 1;
	all.v128 -= 1;
	all.real += 0.5f;
	all.wide += 0.5;
	all.widest += 0.5L;
	all.flag = !all.flag;
	*(__attribute__((aligned(1))) int *)(bytes + 13) += 1;
}

static void *work(void *unused)
{
	pthread_mutex_lock(&m);
	change();
	pthread_mutex_unlock(&m);
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
	wrong = all.v8 != -2 || all.v16 != -2 || all.v32 != -2 ||
		all.v64 != -2 || all.v128 != -2 || bytes[13] != 2;
	return 0;
}
