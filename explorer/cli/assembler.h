/*
 * What stands in front of the assembler where `explorer cc` compiles.
 *
 *     gcc -B FOLDER --> FOLDER/as --> cli_assembler() --> as
 *
 * Inline assembly is seen by no hook. The compiler marks it in what it hands to
 * the assembler, with the lines of the source; where it does more than to wait
 * or to compute in registers, its place is noted in a section of the object
 * that is not loaded (symbols/assembly.h). The linker puts these together, and
 * a search reads them. Clang, which else needs no assembler, says less: within
 * functions lines follow from what it tells debuggers, and what stands at the
 * top level is what is in no function. Files of assembly, which people have
 * written, are looked at as a whole.
 */
#ifndef EXPLORER_CLI_ASSEMBLER_H
#define EXPLORER_CLI_ASSEMBLER_H

/* Called in place of the assembler. Returns only if that cannot be run. */
int cli_assembler(char **argv);

#endif
