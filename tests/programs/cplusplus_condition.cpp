/*
 * A channel made of a mutex and a condition variable.
 *
 * Verdict: verified
 * Outcome: exit 0 "12"
 */
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <queue>
#include <thread>

class Channel {
	std::mutex lock;
	std::condition_variable filled;
	std::queue<int> queue;

public:
	void put(int value)
	{
		{
			std::lock_guard<std::mutex> guard(lock);
			queue.push(value);
		}
		filled.notify_one();
	}
	int get()
	{
		std::unique_lock<std::mutex> guard(lock);
		int value;

		filled.wait(guard, [this] { return !queue.empty(); });
		value = queue.front();
		queue.pop();
		return value;
	}
};

int main()
{
	Channel channel;
	std::thread producer([&] {
		channel.put(1);
		channel.put(2);
	});
	int first = channel.get();
	int second = channel.get();

	producer.join();
	std::cout << first << second;
}
