/*
 * A variable within a function is initialised by the thread that comes first,
 * and by the next where that one threw: the others wait, and see all of it.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <cassert>
#include <thread>

struct settings {
	int size;
	int *table;

	settings() : size(2), table(new int[2]{1, 2})
	{
	}
	static settings &get()
	{
		static settings only;

		return only;
	}
};

static bool has_failed;

struct fails_once {
	fails_once()
	{
		if (!has_failed) {
			has_failed = true;
			throw 1;
		}
	}
};

static bool try_it()
{
	try {
		static fails_once fails;
	} catch (int) {
		return false;
	}
	return true;
}

static void work()
{
	assert(settings::get().table[1] == settings::get().size);
	if (!try_it())
		assert(try_it());
}

int main()
{
	std::thread thread(work);

	work();
	thread.join();
}
