/*
 * Blocks of C++ are told by the lines that have new and delete.
 *
 * Options: --leaks
 * Verdict: findings
 * Finding: leak in=forget at=forgotten message=48 bytes in 1 block from forget()
 * Finding: use-after-free in=main at=used message=from make() cplusplus_heap.cpp
 */
struct item {
	int value;
	item *next;
};

static item *make()
{
	return new item{1, nullptr}; /* made */
}

static void forget()
{
	item *items = new item[3]; /* forgotten */

	items[0].value = 1;
}

int main()
{
	item *first = make();
	int *numbers = new int[4]();
	int sum;

	forget();
	sum = first->value + numbers[2];
	delete first;
	sum += first->value; /* used */
	delete[] numbers;
	return sum == 7;
}
