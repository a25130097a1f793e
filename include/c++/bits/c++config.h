/*
 * Stands before the file of this name of GNU's C++ library.
 *
 * That library brings the member functions of std::string ready-made, and its
 * headers tell the compiler not to make them again: what they access could not
 * be seen. With this they are compiled into the program, as those of all other
 * containers are. Streams stay in the library: of these it promises more than
 * their code shows (two threads may write to std::cout), and every character
 * would be a dozen accesses.
 */
#include_next <bits/c++config.h>

#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE -1
