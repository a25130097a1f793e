/*
 * Only the initialising of a variable within a function is done once: what
 * becomes of it then is anybody's affair. That of a lambda has a name, too.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=calls.number
 */
#include <thread>

struct counter {
	int number;

	explicit counter(int first) : number(first)
	{
	}
};

int main(int argc, char **)
{
	auto count = [argc] {
		static counter calls(argc);

		calls.number = 1; /* counted */
	};
	std::thread thread(count);

	count();
	thread.join();
}
