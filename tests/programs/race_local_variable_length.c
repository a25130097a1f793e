/*
 * Arrays on the stack whose length only the call knows.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable="jobs[1].result" in=body,run at=there,here
 * Finding: data-race variable="last[2]" in=clear,run at=cleared,set
 */
#include <pthread.h>

struct job {
	int number;
	long result;
};

static void *body(void *job)
{
	((struct job *)job)->result = 1; /* there */
	return NULL;
}

static void *clear(void *number)
{
	*(int *)number = 0; /* cleared */
	return NULL;
}

static void run(int count)
{
	struct job jobs[count];
	int last[count + 1];
	struct job *second = &jobs[1];
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, body, second);
	pthread_create(&threads[1], NULL, clear, &last[2]);
	jobs[1].result = 2; /* here */
	last[2] = 3;	    /* set */
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

int main(int argc, char **argv)
{
	(void)argv;
	run(argc + 1);
	return 0;
}
