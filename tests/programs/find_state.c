/*
 * Two threads that take turns inside a lock, and variables of all kinds that
 * hold their values only for a while: no end shows them, and nobody but the one
 * who sets them looks. (tests/cli/find.c)
 *
 * Watch: inside_a inside_b colour
 * Verdict: verified
 * Outcome: exit 0 colour=RED inside_a=0 inside_b=0
 */
#include <pthread.h>
#include <stdbool.h>

enum colour { RED, GREEN, BLUE };

enum colour colour;
int inside_a;
int inside_b;
int alone;
int *pointer;
signed char small;
unsigned long large = 7;
float ratio;
struct {
	short sides[3];
	bool is_round;
} shape;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *a(void *unused)
{
	pthread_mutex_lock(&lock);
	inside_a = 1;
	shape.sides[2] = -5;
	shape.sides[2] = 0;
	inside_a = 0;
	pthread_mutex_unlock(&lock);
	pointer = &inside_a;
	pointer = 0;
	return unused;
}

static void *b(void *unused)
{
	pthread_mutex_lock(&lock);
	inside_b = 1;
	colour = BLUE;
	colour = RED;
	inside_b = 0;
	pthread_mutex_unlock(&lock);
	small = -3;
	small = 0;
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	alone = 1;
	alone = 2;
	large = ~0UL;
	large = 7;
	pthread_create(&threads[0], NULL, a, NULL);
	pthread_create(&threads[1], NULL, b, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
