/*
 * explorer/symbols/demangle.c
 */
#include "symbols/demangle.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

static void expect_function(const char *symbol, const char *expected)
{
	char *function = demangle_function(symbol);

	cr_expect(eq(str, function, (char *)expected), "%s", symbol);
	free(function);
}

Test(demangle, leaves_out_parameters_and_results)
{
	/* int main()::{lambda()#1}::operator()() const */
	expect_function("_ZZ4mainENKUlvE_clEv",
			"main::{lambda()#1}::operator()");
	expect_function("_ZN7Counter9incrementEv", "Counter::increment");
	expect_function("_ZN5QueueIiE4pushEi", "Queue<int>::push");
	/* int twice<int>(int) */
	expect_function("_Z5twiceIiET_S0_", "twice<int>");
	expect_function("_ZlsRSo5Point", "operator<<");
	expect_function("_ZNK3PtrptEv", "Ptr::operator->");
	expect_function("_ZNK3PtrcvbEv", "Ptr::operator bool");
	expect_function("_ZN12_GLOBAL__N_14workEv",
			"(anonymous namespace)::work");
	/* void apply(void (*)(int)) */
	expect_function("_Z5applyPFviE", "apply");
}

Test(demangle, leaves_out_what_the_library_makes_templates_with)
{
	/* std::map<int, int, std::less<int>, ...>::operator[](int const&) */
	expect_function("_ZNSt3mapIiiSt4lessIiESaISt4pairIKiiEEEixERS3_",
			"std::map::operator[]");
	/* std::less<int>::operator()(int const&, int const&) const */
	expect_function("_ZNKSt4lessIiEclERKiS2_", "std::less::operator()");
	expect_function("_ZNKSt10shared_ptrIiEptEv",
			"std::shared_ptr::operator->");
	/* std::ostream& std::operator<< <std::char_traits<char> >(...) */
	expect_function("_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_"
			"PKc",
			"std::operator<<");
	/* std::__cxx11::list<int, ...>::push_back(int const&) */
	expect_function("_ZNSt7__cxx114listIiSaIiEE9push_backERKi",
			"std::list::push_back");
	/* std::string::append(char const*) */
	expect_function("_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE"
			"6appendEPKc",
			"std::string::append");
}

Test(demangle, knows_what_is_not_cplusplus)
{
	cr_expect(zero(ptr, demangle_function("main")));
	cr_expect(zero(ptr, demangle_function("_Zebra")));
}

Test(demangle, names_types)
{
	char *type = demangle_type("St13runtime_error");
	char *other = demangle_type("");
	char *string = demangle_type(
		"St6vectorINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
		"SaIS5_EE");

	cr_expect(eq(str, type, "std::runtime_error"));
	cr_expect(
		eq(str, string,
		   "std::vector<std::string, std::allocator<std::string > >"));
	free(string);
	cr_expect(eq(str, other, ""));
	free(type);
	free(other);
}
