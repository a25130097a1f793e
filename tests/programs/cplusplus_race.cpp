/*
 * A race in a member function, by the name that it has in C++.
 *
 * Verdict: findings
 * Outcome: exit 0 "1"
 * Outcome: exit 0 "2"
 * Lost: exit 0 "1"
 * Finding: data-race operations=read,write in=Counter<int>::increment,Counter<int>::increment
 */
#include <iostream>
#include <thread>

template <typename Number> class Counter {
	Number value = 0;

public:
	void increment()
	{
		value++;
	}
	Number get() const
	{
		return value;
	}
};

static Counter<int> counter;

int main()
{
	std::thread one([] { counter.increment(); });
	std::thread other([] { counter.increment(); });

	one.join();
	other.join();
	std::cout << counter.get();
}
