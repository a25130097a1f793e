/*
 * Explorer: the command. Runs a C program that uses POSIX threads under every
 * schedule that matters.
 *
 * The map of every file. A line names the .c and .h of that name. A layer uses
 * its own files and those of lower layers: base < trace < channel, symbols <
 * pool, report < cli here; base < trace < channel < world < runtime < engine <
 * strategy < job < hook in libexplorer.so, which the program under test is
 * linked with. base, trace and channel are in both.
 *
 * --- The command
 *
 * base/ - containers, strings, random numbers: nothing about concurrency
 *     buffer          bytes put together and taken apart
 *     cycles          a clock that is read without a call
 *     diagnostic      what the command says on standard error
 *     hash            digests of bytes
 *     installation    where the library and the specs file are
 *     kept_errno      the program's errno, around calls of ours
 *     map             from numbers to numbers
 *     memory          memory for our own data: the command's (memory_libc)
 *                     and the library's (memory_arena)
 *     own_names       memcpy and its kin under names that the program cannot
 *                     take over
 *     random          seeded random numbers
 *     system_call     the kernel's, without what libc adds
 *     text            strings put together piece by piece; edit distance
 *
 * trace/ - executions as data, and as files
 *     expression      what --expect says: its words (expression_lexer,
 *                     expression_literal), what they make (expression_tree),
 *                     its value (expression_evaluate, expression_values), why
 *                     there is none (expression_fault), as bytes
 *                     (expression_code)
 *     location        places in code and memory, as numbers
 *     misuse          the ways to misuse a function, from misuse.def
 *     operation       the kinds of operation, from op.def, and the record of
 *                     one
 *     result          what a search found, with names; its verdict;
 *                     result_order: how it is listed
 *     schedule        which thread moves at each step
 *     trace           a trace; its file is written by trace_write
 *                     (trace_table, trace_quote), read by trace_read
 *                     (trace_keys, trace_lines, trace_step), named by
 *                     trace_save; trace_format has the words of both
 *     trace_tree      the tree of a search, with names
 *
 * channel/ - what the command and a program under test say to each other
 *     message         the messages; job_message, report_message and
 *                     tree_message have the longer ones
 *     shared          memory that both share
 *     socket          whole messages over a socket
 *     wire            the parts of messages
 *
 * symbols/ - names and lines of addresses, from the debug information
 *     assembly        where the program has inline assembly
 *     by_value        functions that take or return structs
 *     cache           what was found out once
 *     demangle        names of C++ as people write them
 *     elf             what kind of file the command was given
 *     file            paths of source files
 *     local           from a place in a frame to the local variable there
 *     locate          from a name to its location
 *     module          one file of the program
 *     name            from a location to its name
 *     path            the way from a variable to the bytes within it
 *     place           from an address in the code to function and line
 *     real            floating-point numbers as text
 *     spelling        what a variable is called where several share a name
 *     state           what the parts of symbols share
 *     suggest         did you mean
 *     symbols         the whole
 *     thing           what threads notice of each other and is no memory
 *     type            types, as far as names and values need them
 *     value           the bytes of a variable as a person writes them
 *     variable        the variables of a module: by DWARF (variable_dwarf)
 *                     and by ELF (variable_elf)
 *     watch           what --watch was given
 *
 * pool/ - processes, crashes, limits; results merged by outcome
 *     assertion       what the C library writes when an assertion fails
 *     bury            what is left when a process has died
 *     child           one process of the program; child_start starts it
 *     clock           time, for the command's own limits
 *     counted         how many interleavings executions stand for
 *     death           how a process that has died counts
 *     difference      what a replay did otherwise than its trace
 *     expectation     --expect applied to an outcome
 *     filter          findings that are left out
 *     follow          one schedule, run again
 *     found           what messages said so far; named gives it names
 *     how_far         how far a search is
 *     hunt            a search under way, over as many processes as it takes;
 *                     hunt_hear takes in what they tell
 *     interleavings   how many there are, exactly
 *     key             what makes outcomes or findings the same
 *     listener        hears a child, and notices when it falls silent
 *     lock_order      lock-order inversions as warnings
 *     merge           what is the same for the user becomes one
 *     misuse          one sentence for a misuse
 *     naming          what the library says in numbers, in names
 *     native          the program on real threads; native_run is one run
 *     nondeterminism  what a schedule did otherwise, in words
 *     object          what an operation works on, in words
 *     output          what a native run writes
 *     pass            one search with one bound
 *     pool            what the command line calls
 *     record          one schedule, written down; step_named names its steps
 *     replay          a trace's schedule, run again and compared
 *     search          check and sample, from beginning to end
 *     sentence        one sentence for each finding; sentence_access has those
 *                     of memory
 *     session         a child and the names of what it speaks of
 *     summary         what was gathered, as a result
 *     trace_writer    one trace after the other
 *     traces          which outcomes get a trace; trace_stem names the files
 *     tree_heard      the tree of a search, as it is told
 *     turns           two searches that take turns
 *     unseen          what a search says of what it does not see
 *
 * report/ - what the user sees
 *     advice          what to type next
 *     base64          bytes in base 64
 *     chart           outcomes as a bar chart
 *     comparison      check, sample and native side by side
 *     excerpt         which rows of a long chart are worth a line
 *     findings        each finding with its places
 *     interleaving    an execution as a picture, a column a thread
 *     json            the documents for scripts; json_parts is what they
 *                     share, json_trace a trace
 *     listing         what show and replay say
 *     progress        the line that tells how far a search is
 *     step_words      what a step did, in a few words
 *     summary         what check, sample and native say; verdict ends it
 *     terminal        colours, box characters, width
 *     tree            the tree of a search: as text, and for Graphviz
 *                     (tree_dot)
 *     utf8            which bytes are UTF-8
 *     words           numbers, places and outcomes in words
 *
 * cli/ - what the user typed: one sub-command a file
 *     argument_list   the command line of a program to be started
 *     assembler       what stands in front of it and has assembly noted
 *     assembly_code   what lines of assembly do
 *     assembly_notes  where a text for the assembler does what no hook sees
 *     cc              explorer cc: what was asked for (cc_arguments), what is
 *                     run (cc_command, cc_compile, cc_run); cc_build and
 *                     cc_cache serve explorer check FILE.c; gcc.specs
 *                     instruments
 *     check           all schedules
 *     command         the table of sub-commands
 *     compare         check, sample and native side by side
 *     finish          exit statuses
 *     help            help and manual page, from the tables
 *     interrupt       Ctrl-C
 *     native          real threads
 *     nearest         did you mean
 *     option_rules    which options go together
 *     options         argv taken apart by the table of options (option_table);
 *                     option_value reads the text behind each
 *     program         from a name to a program that can be run
 *     replay          a trace, run again
 *     sample          random schedules
 *     search          what check, sample, native and compare share
 *     show            a trace, read; a search, seen
 *     trace_file      the trace that the user names
 *
 * --- libexplorer.so
 *
 * world/ - everything that the program can see or change, as a value
 *     dynamic         the dynamic section of a module
 *     fiber           green threads and their switch: fiber_x86_64,
 *                     fiber_aarch64, fiber_ucontext
 *     heap            the program's heap
 *     imports         what the program can notice of its threads
 *     layout          which addresses are ours
 *     lines           memory by lines of 64 bytes
 *     output          what the program wrote, in order
 *     pages           pages that are restored only if they were written
 *     segments        the modules of the process
 *     slots           the slots through which a module calls others
 *     shadow          what the world was a moment ago: differences, digest;
 *                     shadow_look finds what has changed, shadow_parts is
 *                     what these share
 *     stacks          green stacks
 *     tls             thread-local storage
 *     unwritten       bytes of blocks that nobody has written yet
 *     world           save, restore, rewind, digest
 *
 * runtime/ - what each visible operation means
 *     alternative     operations that may have several results
 *     announce        how a thread waits for its turn
 *     atomic          atomic operations: the one place that says which value
 *                     is read
 *     barrier         barriers
 *     block_calls     who allocated and freed blocks and created threads, and
 *                     who called them
 *     call_chain      who called whom
 *     cancel          cancellation
 *     condition       condition variables
 *     context         what create and join order
 *     copy_site       struct copies: two hooks, one operation
 *     dead_stack      what lies below the stack pointer
 *     deadline        deadlines of timed waits
 *     enabled         when a pending operation can be performed, and who is in
 *                     its way
 *     ending          operations that end the process
 *     exit_handler    handlers of exit(), where several threads exit
 *     foreign         libraries that were not built with explorer cc
 *     frame_check     whether accesses to other threads' stacks find what they
 *                     are meant for
 *     frame_end       returns that others notice
 *     frame_log       which functions have returned, and from where
 *     futex           the futex system call
 *     green_thread    one thread, and all that is remembered of it
 *     heap_check      whether accesses stay within the heap's blocks
 *     held            which locks are held, by whom
 *     instruction     x86-64 instructions, as far as copy_site needs them
 *     join            waiting for the end of threads, and asking for it
 *     leaving         what a thread leaves behind when it ends
 *     lent            lines of stacks that other threads have accessed
 *     mark            how far along an object is: initialised, destroyed
 *     memory          accesses to memory; memory_copy has copies
 *     misuse          what is noticed of calls that are undefined
 *     mutex           mutexes
 *     mutex_state     what lies in a pthread_mutex_t
 *     once            what is done once
 *     opcode          the bytes that instructions begin with
 *     operation       what a thread announces and performs
 *     private_access  what private accesses leave behind
 *     reach           which blocks the program has lost
 *     request         what a program asks of the search: <explorer.h>
 *     runtime         what is known of the program's threads, and how one of
 *                     them is let run; runtime_state is what a rewind puts back
 *     rwlock          read-write locks
 *     semaphore       semaphores; semaphore_named has those with names
 *     settings        what threads are told: names, scheduling, processors
 *     specific        thread-specific data: keys, values, destructors
 *     signals         signals that threads send and wait for
 *     spin_lock       spin locks
 *     system          output, random numbers, clock
 *     thing           what threads notice of each other and is no memory
 *     thread          create, exit, yield
 *     touch           learning what is visible
 *     visible         the set of visible memory
 *     watched         what the program asks to have watched
 *
 * engine/ - the program as a transition system
 *     available       what could have been had at another place
 *     await           what a thread that spins waits for, as one operation
 *     check           invariants and digests, for make CHECK=1
 *     choices         what is possible in a state
 *     deadlock        no thread can move
 *     dependence      which operations conflict
 *     details         what is told of an access in a finding besides
 *     ending          how executions end
 *     engine          begin, follow, finish, digest: what strategies see;
 *                     step makes steps (step_parts is how they begin and
 *                     end, arrive what is possible then), rewind goes back
 *     epoch           data races by happens-before, in every execution;
 *                     epoch_access compares, epoch_state undoes,
 *                     epoch_memo knows executions that have the races of
 *                     one before
 *     finding         findings, each once for each place
 *     finish          the end of an execution
 *     frame_finding   what is done to local variables of functions that have
 *                     returned
 *     heap_finding    what is done to heap blocks and must not be
 *     history         which write a read sees; lost updates
 *     leak            blocks that nothing points to at the end
 *     locate          addresses as locations, and back
 *     lock_order      locks taken in different orders, without a deadlock:
 *                     lock_order_cycle looks for cycles of them,
 *                     lock_order_before says which are harmless
 *     misuse          calls that are undefined, as findings
 *     order           what happens before what: order_entry is what threads
 *                     know, order_silent their creates and joins;
 *                     order_synchronised is the part that programs rely on
 *     outcome         the different ways to end
 *     race            data races: of pending operations, and by order
 *     recheck         executions made twice, and compared
 *     record          full records of steps
 *     spin            threads that spin sleep; spin_window knows their rounds
 *     state           states that are recognised and come back to; state_look
 *                     says what they are, state_parts is what these share
 *     symmetry        threads that might as well be each other; symmetry_rules
 *                     says which, and what tells them apart, symmetry_member
 *                     what one is, symmetry_locks what it holds,
 *                     symmetry_place what memory is its own; symmetry_parts
 *                     is what these share
 *     vector_clock    vector clocks
 *
 * strategy/ - one search each
 *     bound           what bounds count
 *     bounded_dpor    dpor within a bound, which loses nothing within it;
 *                     bounded_path is what it keeps, bounded_conflicts says
 *                     what is still to be tried, bounded_save makes bytes of it
 *     collapsed       states made of a few components: steps that are known
 *                     (local_steps) are made without the program
 *                     (collapsed_recall), the others learned from
 *                     (collapsed_follow); collapsed_begin takes a state apart,
 *                     collapsed_parts is what these share
 *     dfs             every interleaving
 *     dpor            one execution of each class of equivalent ones; dpor_path
 *                     is what it keeps, dpor_races says what is still to be
 *                     done, dpor_reverse how; dpor_save makes bytes of it;
 *                     wakeup has its trees, wake_table their events
 *     estimate        how many executions there will be in all
 *     find_state      the state that is looked for
 *     path_count      how many interleavings lead to which end
 *     possible        whether an event could have come earlier
 *     random          seeded random schedules
 *     shortest        for each end a trace with the fewest switches
 *     state_races     whether there are races where tries for mutexes fail
 *     states          every state once: state_path leads to where it is,
 *                     state_move goes on from there, state_arrival is what is
 *                     done where it comes to; state_table has those seen,
 *                     state_filter and state_images check and replace it,
 *                     state_graph the steps between them; livelocks tells where
 *                     nothing ends
 *     strategy        what a search is
 *     weakness        what threads learn by without being ordered
 *
 * job/ - what the command asks for, carried out in the program's process
 *     follow          one schedule again, every step told
 *     job             takes jobs, one after the other
 *     link            the program's end of the channel
 *     learn           random executions that show what is visible
 *     search          learns, then runs a strategy in rounds
 *     tell            outcomes, steps and the last word; tell_finding tells of
 *                     findings
 *     tree            the search's tree, for show --tree
 *     visible         the set of visible memory as the command says it
 *
 * hook/ - what libexplorer.so exports; nothing else of it is visible
 *     atomic          __tsan_atomic*; atomic_wide: objects beyond 16 bytes
 *     barrier         barriers
 *     buffers         formatting into strings, reading numbers, sorting
 *     c11             C11's threads
 *     c11_locks       C11's mutexes and condition variables
 *     condition       condition variables
 *     cplusplus       exceptions; cplusplus_calls: what the C++ library's
 *                     own code accesses, by its names (cplusplus_names,
 *                     cplusplus_stream_names):
 *                     cplusplus_streams those of streams,
 *                     cplusplus_containers others
 *     descriptors     what the program may not have closed
 *     exit_handlers   handlers of exit() and quick_exit()
 *     format          formats of printf and scanf, and what they access
 *     guard           C++'s variables within functions
 *     heap            malloc and its kin
 *     hook            how this process was started; the next definition of a
 *                     function
 *     kernel          functions that have the kernel write to memory
 *     leave           cancellation, cleanup handlers, pthread_exit
 *     libc_calls      what libc's functions access; libc_calls.def: the table
 *     libc_state      what libc keeps from one call to the next
 *     libraries       the loader's functions
 *     native_report   watched values at the end of a native run
 *     native_watch    what the program asks to have watched in one
 *     noted_calls     calls that libraries do not announce, through call_stubs
 *     once            pthread_once and call_once
 *     output          writing to standard output and standard error
 *     output_messages libc's own messages
 *     output_print    printf and its kin
 *     output_wide     wide characters
 *     process         exit, abort, assert
 *     pthread         threads and mutexes
 *     random          random numbers
 *     request         <explorer.h>: what a program asks of the search
 *     rwlock          read-write locks
 *     scan            scanf and its kin
 *     semaphore       semaphores
 *     settings        names of threads, their scheduling, processors
 *     signals         sending, awaiting and blocking them; who handles them
 *     specific        thread-specific data
 *     spin_lock       spin locks
 *     strings         memcpy, strcpy and the like, as accesses to ranges
 *     strings_gnu     what GNU's C library has besides these
 *     syscall         system calls by number
 *     system          clock, sleep
 *     takeover        libc's start function, and what comes before and after
 *                     main
 *     tokens          strstr, strtok and the like
 *     tsan            the calls that the compiler puts before each access
 *     uncontrolled    notes calls of what uncontrolled.def lists
 *     unsupported     refuses what unsupported.def lists
 *     wide            strings of wide characters
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/assembler.h"
#include "cli/cc.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "cli/interrupt.h"
#include "report/json.h"

/* Called by the name of a compiler: explorer-cc, explorer-c++. */
static bool is_compiler(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return strcmp(name, "explorer-cc") == 0 ||
	       strcmp(name, "explorer-c++") == 0;
}

/* Called by the compiler, which explorer cc told where to look. */
static bool is_assembler(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash ? slash + 1 : path, "as") == 0;
}

/* What stands in place of a sub-command and is none. */
static bool print_about(const char *word)
{
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		help_print(stdout);
	else if (strcmp(word, "--manual") == 0)
		manual_print(stdout);
	else if (strcmp(word, "--version") == 0)
		puts("explorer " EXPLORER_VERSION);
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	const struct command_row *command;

	/* Of the locale only what characters are: numbers are read and printed
	 * the same everywhere. */
	setlocale(LC_CTYPE, "");
	if (argc > 0 && is_compiler(argv[0]))
		return cli_cc(argc, argv);
	if (argc > 0 && is_assembler(argv[0]))
		return cli_assembler(argv);
	if (argc < 2) {
		complain("which sub-command? explorer --help lists them");
		return STATUS_TROUBLE;
	}
	if (print_about(argv[1]))
		return finish_output(0);
	command = command_by_name(argv[1]);
	if (!command) {
		command_complain(argv[1]);
		return STATUS_TROUBLE;
	}
	return interrupt_status(command->run(argc - 1, argv + 1));
}
