/*
 * Two transfers between two accounts, in opposite directions, each with both
 * accounts locked. The locks are taken in the order of the accounts, not in
 * that of the transfer: otherwise the two could each hold one and wait for the
 * other.
 *
 * Watch: total
 * Verdict: verified
 * Outcome: exit 0 total=200 "total = 200\n"
 */
#include <pthread.h>
#include <stdio.h>

struct account {
	int balance;
	pthread_mutex_t lock;
};

struct order {
	struct account *from;
	struct account *to;
	int amount;
};

int total;
static struct account accounts[2] = {
	{100, PTHREAD_MUTEX_INITIALIZER},
	{100, PTHREAD_MUTEX_INITIALIZER},
};

static void transfer(const struct order *order)
{
	struct account *first = order->from;
	struct account *second = order->to;

	if (first > second) {
		first = order->to;
		second = order->from;
	}
	pthread_mutex_lock(&first->lock);
	pthread_mutex_lock(&second->lock);
	order->from->balance -= order->amount;
	order->to->balance += order->amount;
	pthread_mutex_unlock(&second->lock);
	pthread_mutex_unlock(&first->lock);
}

static void *clerk(void *order)
{
	transfer(order);
	return NULL;
}

int main(void)
{
	struct order there = {&accounts[0], &accounts[1], 10};
	struct order back = {&accounts[1], &accounts[0], 20};
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, clerk, &there);
	pthread_create(&two, NULL, clerk, &back);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	total = accounts[0].balance + accounts[1].balance;
	printf("total = %d\n", total);
	return 0;
}
