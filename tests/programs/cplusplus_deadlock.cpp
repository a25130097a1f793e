/*
 * Two std::lock_guards in different orders: the report points at who made them,
 * not into the library's headers. So it does at an unlock that is wrong.
 *
 * Flags: -std=c++17
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock at=second
 * Finding: misuse at=free message=main unlocks lock spare, which nobody holds,
 * Blocked: T1 waits b.lock held T2 at second
 * Blocked: T2 waits a.lock held T1 at second
 */
#include <mutex>
#include <thread>

namespace Bank
{
static std::mutex spare;

struct Account {
	std::mutex lock;
	int balance = 10;
};

static Account a;
static Account b;

static void move(Account &from, Account &to)
{
	std::lock_guard<std::mutex> first(from.lock);
	std::lock_guard<std::mutex> second(to.lock); /* second */

	from.balance--;
	to.balance++;
}
}

int main()
{
	Bank::spare.unlock(); /* free */
	std::thread one([] { Bank::move(Bank::a, Bank::b); });
	std::thread two([] { Bank::move(Bank::b, Bank::a); });

	one.join();
	two.join();
	return 0;
}
