/*
 * Two transfers between two accounts, in opposite directions. Each adds here
 * and takes away there, without a lock: where both read a balance before either
 * has written it, one of the two changes is lost, and money appears or
 * vanishes.
 *
 * Watch: total
 * Verdict: findings
 * Outcome: exit 0 total=180 "total = 180\n"
 * Outcome: exit 0 total=190 "total = 190\n"
 * Outcome: exit 0 total=200 "total = 200\n"
 * Outcome: exit 0 total=210 "total = 210\n"
 * Outcome: exit 0 total=220 "total = 220\n"
 * Finding: data-race variable=accounts in=transfer,transfer at=taken,given
 */
#include <pthread.h>
#include <stdio.h>

struct account {
	int balance;
};

struct order {
	struct account *from;
	struct account *to;
	int amount;
};

int total;
static struct account accounts[2] = {{100}, {100}};

static void transfer(const struct order *order)
{
	order->from->balance -= order->amount; /* taken */
	order->to->balance += order->amount;   /* given */
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
