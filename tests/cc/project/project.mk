# A project as many are: objects, dependencies, a shared library, a program.
CFLAGS = -O2 -Wall -Werror -fPIC -MMD -MP
LDFLAGS = -Wl,-rpath,'$$ORIGIN' -Wl,-z,defs

program: main.o libcount.so
	$(CC) $(LDFLAGS) main.o -L. -lcount -pthread -o $@

libcount.so: count.o
	$(CC) $(LDFLAGS) -shared count.o -o $@

-include main.d count.d
