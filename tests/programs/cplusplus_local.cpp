/*
 * Main's variables have names while main is within the C++ library, joining;
 * and who works on the heap's blocks is the program, not the library's headers.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable="account.balance"
 * Finding: data-race message=heap block of 4 bytes from main() cplusplus_local.cpp
 */
#include <mutex>
#include <thread>
#include <vector>

struct account {
	int balance = 0;
	std::mutex lock;

	void pay(int amount)
	{
		std::lock_guard<std::mutex> guard(lock);

		balance += amount;
	}
};

int main()
{
	account account;
	std::vector<int> numbers(1);
	std::thread one([&] { account.pay(1); });
	std::thread two([&] { account.balance = 2; });
	std::thread three([&] { numbers[0] = 1; });
	std::thread four([&] { numbers[0] = 2; });

	one.join();
	two.join();
	three.join();
	four.join();
}
