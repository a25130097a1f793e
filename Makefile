# Explorer: build, run, test, install.
#
#     make            build/explorer, build/libexplorer.so
#     make run        what it is for, from nothing: installs what the build
#                     needs, builds, explores the racy counter
#     make check      installs what the tests need, builds, and passes them
#     make help       the other targets, and what can be set

CC := gcc
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

PREFIX ?= /usr/local
DESTDIR ?=
# Which switch between fibers: x86_64, aarch64, or the portable ucontext.
FIBER ?= $(if $(filter x86_64 aarch64,$(MACHINE)),$(MACHINE),ucontext)
MACHINE := $(shell uname -m)
CHECK ?=
JOBS ?= $(shell nproc)
MAKEFLAGS += --no-print-directory -j$(JOBS)
# Recipes say in a word what they make; V=1 shows them.
V ?=
say = $(if $(V),,@echo '  $(1)$(subst build/,,$@)';)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Wcast-qual \
	-Wformat=2 -Wswitch-enum -Werror
CPPFLAGS := -D_GNU_SOURCE -Iexplorer $(if $(CHECK),-DEXPLORER_CHECK)
CFLAGS := -std=gnu11 -O2 -g
DEPENDENCIES = -MMD -MP

# The library shares its address space with the program under test: only
# hook/ is visible, calls to libc by our own names stay ours, and stacks that
# are switched by hand are neither guarded by canaries nor by longjmp's check.
LIBRARY_CFLAGS := -fPIC -fvisibility=hidden -fno-stack-protector \
	-U_FORTIFY_SOURCE -fno-builtin-malloc -fno-omit-frame-pointer \
	-fno-tree-slp-vectorize
OWN_NAMES := -include base/own_names.h

COMMAND_LIBS := -Wl,--as-needed -ljansson -ldw -lelf -lgmp -lm
LIBRARY_LDFLAGS := -shared -Wl,-soname,libexplorer.so -Wl,-z,now -Wl,-z,defs
# Only the portable fiber needs libm, for the rounding mode.
LIBRARY_LIBS := -Wl,--as-needed -ldl -lm
# Criterion's macros trip over these.
TEST_WARNINGS := $(filter-out -Wpedantic -Wshadow -Wconversion -Wvla \
	-Wcast-qual -Wundef -Wmissing-prototypes -Wswitch-enum,$(WARNINGS))
TEST_LIBS := -lcriterion $(COMMAND_LIBS)

# --- What is built from what

# Files of the shared layers that only one of the two programs uses.
COMMAND_ONLY := $(wildcard $(addprefix explorer/,base/text.c \
	base/installation.c base/diagnostic.c base/memory_libc.c \
	trace/trace*.c trace/result*.c trace/expression.c \
	trace/expression_fault.c trace/expression_lexer.c \
	trace/expression_literal.c trace/expression_values.c))
LIBRARY_ONLY := explorer/base/memory_arena.c explorer/base/own_names.c

layer_sources = $(wildcard $(foreach layer,$(1),explorer/$(layer)/*.$(2)))

COMMAND_SOURCES := $(filter-out $(LIBRARY_ONLY), \
	$(call layer_sources,base trace channel symbols pool report cli,c))
LIBRARY_SOURCES := $(filter-out $(COMMAND_ONLY) explorer/world/fiber_%, \
	$(call layer_sources,base trace channel world runtime engine strategy \
	job hook,c) $(call layer_sources,world runtime engine hook,S)) \
	$(wildcard explorer/world/fiber_$(FIBER).c \
	explorer/world/fiber_$(FIBER).S)

objects = $(addprefix build/obj-$(1)/,$(addsuffix .o,$(basename $(2))))
COMMAND_OBJECTS := $(call objects,command,$(COMMAND_SOURCES))
MAIN_OBJECT := $(call objects,command,$(wildcard explorer/main.c))
LIBRARY_OBJECTS := $(call objects,library,$(LIBRARY_SOURCES))

# Tests stand in a folder with the name of a layer, or one that is no fixture.
# Those of the library's layers link its objects without the hooks, all others
# the command's; fixtures of a layer lie one folder deeper.
FIXTURES := tests/programs tests/cc tests/bench tests/conformance
TEST_SOURCES := $(filter-out $(addsuffix /%,$(FIXTURES)), \
	$(wildcard tests/*/*.c))
LIBRARY_TESTS := $(filter $(foreach layer,world runtime engine strategy job \
	hook,tests/$(layer)/%) $(LIBRARY_ONLY:explorer/%.c=tests/%%),$(TEST_SOURCES))
COMMAND_TESTS := $(filter-out $(LIBRARY_TESTS),$(TEST_SOURCES))
# The portable switch is tested beside the one that is in use.
WORLD_TESTS := $(if $(filter-out ucontext,$(FIBER)), \
	$(filter tests/world/%,$(TEST_SOURCES)))

TESTED_LIBRARY := $(filter-out build/obj-library/explorer/hook/%, \
	$(LIBRARY_OBJECTS))
UCONTEXT_LIBRARY := $(filter-out build/obj-library/explorer/world/fiber_%, \
	$(TESTED_LIBRARY)) \
	build/obj-library/explorer/world/fiber_ucontext.o

TEST_PROGRAMS := $(if $(COMMAND_TESTS),build/test-command) \
	$(if $(LIBRARY_TESTS),build/test-library) \
	$(if $(WORLD_TESTS),build/test-ucontext)

# --- Building

# What programs include, and what stands before a header of the C++ library.
HEADERS := build/include/explorer.h build/include/c++/bits/c++config.h

.PHONY: all
all: $(if $(MAIN_OBJECT),build/explorer build/explorer-cc build/explorer-c++ \
	build/assembler/as) \
	build/libexplorer.so build/explorer-gcc.specs $(HEADERS)

build/explorer: $(MAIN_OBJECT) $(COMMAND_OBJECTS) build/linked-command
	$(call say,link    )$(CC) $(filter %.o,$^) $(COMMAND_LIBS) -o $@

build/explorer-cc build/explorer-c++: | build/explorer
	@ln -sf explorer $@

# What explorer cc has the compiler call.
build/assembler/as: | build/explorer
	@mkdir -p $(@D)
	@ln -sf ../explorer $@

build/libexplorer.so: $(LIBRARY_OBJECTS) build/linked-library
	$(call say,link    )$(CC) $(LIBRARY_LDFLAGS) $(filter %.o,$^) $(LIBRARY_LIBS) -o $@

build/explorer-gcc.specs: explorer/cli/gcc.specs
	@cp $< $@

$(HEADERS): build/include/%: include/%
	@mkdir -p $(@D)
	@cp $< $@

build/obj-command/%.o: %.c build/flags | build/packages-build
	@mkdir -p $(@D)
	$(call say,compile )$(CC) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) $(DEPENDENCIES) -c $< -o $@

build/obj-library/%.o: %.c build/flags | build/packages-build
	@mkdir -p $(@D)
	$(call say,compile )$(CC) $(CPPFLAGS) $(OWN_NAMES) $(CFLAGS) $(LIBRARY_CFLAGS) $(WARNINGS) \
		$(DEPENDENCIES) -c $< -o $@

build/obj-library/%.o: %.S build/flags | build/packages-build
	@mkdir -p $(@D)
	$(call say,compile )$(CC) $(CPPFLAGS) -g $(DEPENDENCIES) -c $< -o $@

build/obj-test/%.o: %.c build/flags | build/packages-build build/packages-test
	@mkdir -p $(@D)
	$(call say,compile )$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(TEST_WARNINGS) $(DEPENDENCIES) \
		-c $< -o $@

build/test-command: $(call objects,test,$(COMMAND_TESTS)) $(COMMAND_OBJECTS) \
		build/linked-command
	$(call say,link    )$(CC) $(filter %.o,$^) $(TEST_LIBS) -o $@

build/test-library: $(call objects,test,$(LIBRARY_TESTS)) $(TESTED_LIBRARY) \
		build/linked-library
	$(call say,link    )$(CC) $(filter %.o,$^) $(TEST_LIBS) $(LIBRARY_LIBS) -o $@

build/test-ucontext: $(call objects,test,$(WORLD_TESTS)) $(UCONTEXT_LIBRARY) \
		build/linked-library
	$(call say,link    )$(CC) $(filter %.o,$^) $(TEST_LIBS) $(LIBRARY_LIBS) -o $@

-include $(shell find build -name '*.d' 2>/dev/null)

# Files that change when what they record does: other flags compile everything
# anew, another list of objects links anew.
.PHONY: FORCE
FORCE:
record = @mkdir -p build; echo '$(strip $(1))' | cmp -s - $@ || \
	echo '$(strip $(1))' >$@
build/flags: FORCE
	$(call record,$(CC) $(CPPFLAGS) $(CFLAGS) $(LIBRARY_CFLAGS) $(WARNINGS))
build/linked-command: FORCE
	$(call record,$(COMMAND_OBJECTS) $(COMMAND_TESTS) $(COMMAND_LIBS))
build/linked-library: FORCE
	$(call record,$(LIBRARY_OBJECTS) $(LIBRARY_TESTS) $(LIBRARY_LDFLAGS))

# --- Packages

# Only a goal that says so in `make help` installs; others name what is missing.
INSTALLS := $(filter run check soak lint packages,$(MAKECMDGOALS))
build/packages-%: .ci/packages
	@mkdir -p build
	@.ci/packages $(if $(INSTALLS),--install) $*
	@touch $@

.PHONY: packages
packages: build/packages-build build/packages-test build/packages-lint

# --- Running

# Shows a command as it would be typed, and takes findings for the success that
# they are.
show = @echo; echo '$$ $(1)'; $(1); [ $$? -le 1 ]

TRACES := build/traces
.PHONY: run
run: all
	@rm -rf $(TRACES)
	$(call show,build/explorer check models/counter.c --watch x \
		--output $(TRACES))
	$(call show,build/explorer replay \
		$$(grep -l lost-update $(TRACES)/*.trace | head -n 1))
	$(call show,build/explorer check models/counter_lock.c --watch x \
		--output $(TRACES))
	$(call show,build/explorer native models/counter.c --runs 10 --watch x \
		-- 2 100000)

# --- Testing

# Every program runs, even after one has failed; the last line adds them up.
.PHONY: check soak
# Figures for docs/performance.md, as ratios to a yardstick of the same run.
.PHONY: bench bench-states
bench: all build/bench-figures build/bench-switch
	build/bench-figures build/bench-switch

# Longer searches of states: a minute, and 600 MB.
bench-states: all build/bench-figures build/bench-switch
	build/bench-figures build/bench-switch states

build/bench-switch: tests/world/fiber/bench.c explorer/world/fiber_$(FIBER).$(if $(filter ucontext,$(FIBER)),c,S)
	$(CC) -std=gnu11 -O2 $(CPPFLAGS) $^ -lm -o $@

build/bench-figures: tests/bench/bench.c | build/packages-build
	$(CC) -std=gnu11 -O2 -g $(CPPFLAGS) $(TEST_WARNINGS) $< -ljansson -o $@

soak: export SOAK := 1
check soak: all $(TEST_PROGRAMS)
	@set -o pipefail; failed=0; rm -f build/check.log; \
	for program in $(TEST_PROGRAMS); do \
		echo "$$program"; \
		$$program 2>&1 | tee -a build/check.log || failed=1; \
	done; \
	sed 's/\x1b\[[0-9;]*m//g' build/check.log | awk ' \
		/Synthesis: / { gsub(/\|/, ""); \
			for (i = 1; i < NF; i++) { \
				if ($$i == "Passing:") passed += $$(i + 1); \
				if ($$i == "Failing:") bad += $$(i + 1); \
				if ($$i == "Crashing:") crashed += $$(i + 1); } } \
		END { print passed + 0 " passed, " bad + crashed " failed"; \
			exit passed == 0 }' && exit $$failed

# Whether the tests can fail: deliberate faults, each of which one must notice.
MUTANTS ?=
.PHONY: mutants
mutants: all build/test-command build/test-library
	@+tests/mutants/run $(MUTANTS)

# --- Style

FORMATTED = $(shell find explorer models tests -name '*.[ch]')
TIDIED = $(wildcard explorer/*.c explorer/*/*.c models/*.c)
LINT_FLAGS = -std=gnu11 $(CPPFLAGS)
# A stack's own address is kept on purpose where stacks are switched; whether a
# variable was written by a function of another file, cppcheck cannot know, and
# it does not heed _Noreturn; NULL ends a list of pointers in POSIX.
NOT_CHECKED = missingIncludeSystem autoVariables nullPointerRedundantCheck \
	pointerSize uninitvar varFuncNullUB

.PHONY: lint lint-format lint-tidy lint-cppcheck layers format
lint: lint-format layers lint-tidy lint-cppcheck

lint-format: | build/packages-lint
	@echo '  clang-format'
	@clang-format --dry-run -Werror $(FORMATTED)

lint-tidy: | build/packages-build build/packages-lint
	@echo '  clang-tidy'
	@printf '%s\n' $(TIDIED) | xargs -P $(JOBS) -n 1 sh -c \
		'clang-tidy --quiet "$$1" -- $(LINT_FLAGS) 2>/dev/null' tidy

lint-cppcheck: | build/packages-build build/packages-lint
	@echo '  cppcheck'
	@cppcheck --quiet -j $(JOBS) --error-exitcode=1 --std=c11 \
		--enable=warning,performance,portability --inline-suppr \
		$(addprefix --suppress=,$(NOT_CHECKED)) $(filter -D% -I%,$(CPPFLAGS)) \
		explorer models

layers:
	@echo '  layers'
	@.ci/layers

format: | build/packages-lint
	clang-format -i $(FORMATTED)

# --- Installing

BIN := $(DESTDIR)$(PREFIX)/bin
LIB := $(DESTDIR)$(PREFIX)/lib/explorer
INCLUDE := $(DESTDIR)$(PREFIX)/include
DOC := $(DESTDIR)$(PREFIX)/share/doc/explorer
MAN := $(DESTDIR)$(PREFIX)/share/man/man1

.PHONY: install uninstall clean
install: all
	install -d $(BIN) $(LIB)/include/c++/bits $(LIB)/assembler $(INCLUDE) $(DOC) \
		$(MAN)
	install build/explorer $(BIN)/explorer
	ln -sf explorer $(BIN)/explorer-cc
	ln -sf explorer $(BIN)/explorer-c++
	ln -sf ../../../bin/explorer $(LIB)/assembler/as
	install -m 644 build/libexplorer.so build/explorer-gcc.specs $(LIB)
	install -m 644 include/explorer.h $(LIB)/include
	install -m 644 include/c++/bits/c++config.h $(LIB)/include/c++/bits
	install -m 644 include/explorer.h $(INCLUDE)
	install -m 644 $(wildcard README.md docs/*.md) $(DOC)
	build/explorer --manual >$(MAN)/explorer.1

uninstall:
	rm -f $(BIN)/explorer $(BIN)/explorer-cc $(BIN)/explorer-c++
	rm -f $(MAN)/explorer.1 $(INCLUDE)/explorer.h
	rm -rf $(LIB) $(DOC)

clean:
	rm -rf build

.PHONY: help
help:
	@echo 'make              build/explorer and build/libexplorer.so'
	@echo 'make run          install what the build needs, build, explore the counter'
	@echo 'make check        install what the tests need, build, pass them'
	@echo 'make soak         the same, with the long searches'
	@echo '                  SOAK_PROGRAMS=1000000: of random programs so many'
	@echo 'make mutants      deliberate faults in the reduction, each killed by a test'
	@echo 'make bench        figures, as ratios to a bare switch of the same run'
	@echo 'make bench-states figures of longer searches over states'
	@echo 'make lint         clang-format, layers, clang-tidy, cppcheck'
	@echo 'make format       settle the format of every file'
	@echo 'make layers       check that files include only lower layers'
	@echo 'make packages     install all of what these need'
	@echo 'make install      into PREFIX ($(PREFIX)), below DESTDIR'
	@echo 'make uninstall    take it away again'
	@echo 'make clean        remove build/'
	@echo
	@echo 'FIBER=ucontext    the portable switch between fibers (now $(FIBER))'
	@echo 'CHECK=1           check invariants at every step'
	@echo 'V=1               show each command'
	@echo 'MUTANTS=NAME      of those faults, only this one'
	@echo 'JOBS=1            how much to do at once (now $(JOBS))'
