/*
 * What the C++ library does for containers out of line: the links of lists and
 * trees, the hashing of bytes; and other functions whose names do not say what
 * they do.
 *
 * Nodes are looked at first, then announced: while an announcement waits,
 * others may run.
 */
#include <stddef.h>

#include "hook/cplusplus_calls.h"

/* More than a path through any tree has nodes, and it leaves it to few. */
#define NODES_MAX 128

struct nodes {
	uintptr_t at[NODES_MAX];
	unsigned count;
};

static void add(struct nodes *nodes, const void *node)
{
	if (nodes->count < NODES_MAX)
		nodes->at[nodes->count++] = (uintptr_t)node;
}

/* --- Lists: a ring through the list's own head */

struct list_node {
	struct list_node *next;
	struct list_node *previous;
};

/* The links that lead to a node from either side. */
static void write_links(const struct list_node *node, uintptr_t place)
{
	struct list_node *next = node->next;
	struct list_node *previous = node->previous;

	hook_writes(&previous->next, sizeof(previous->next), place);
	hook_writes(&next->previous, sizeof(next->previous), place);
}

/* node->_M_hook(position) */
static void note_hook(const struct noted_call *call, const uintptr_t *words,
		      uintptr_t place)
{
	struct list_node *node = (struct list_node *)words[0];
	struct list_node *position = (struct list_node *)words[1];
	struct list_node *previous = position->previous;

	(void)call;
	hook_writes(node, sizeof(*node), place);
	hook_writes(&previous->next, sizeof(previous->next), place);
	hook_writes(&position->previous, sizeof(position->previous), place);
}

/* node->_M_unhook() */
static void note_unhook(const struct noted_call *call, const uintptr_t *words,
			uintptr_t place)
{
	struct list_node *node = (struct list_node *)words[0];

	(void)call;
	hook_passes_on(node, sizeof(*node), place);
	write_links(node, place);
}

/* position->_M_transfer(first, last) */
static void note_transfer(const struct noted_call *call, const uintptr_t *words,
			  uintptr_t place)
{
	(void)call;
	for (unsigned i = 0; i < 3; i++) {
		struct list_node *node = (struct list_node *)words[i];
		struct list_node *previous = node->previous;

		hook_writes(&previous->next, sizeof(previous->next), place);
		hook_writes(&node->previous, sizeof(node->previous), place);
	}
}

/* node->_M_reverse() */
static void note_reverse(const struct noted_call *call, const uintptr_t *words,
			 uintptr_t place)
{
	const struct list_node *head = (const struct list_node *)words[0];
	const struct list_node *node = head;
	struct nodes nodes = {.count = 0};

	(void)call;
	do {
		add(&nodes, node);
		node = node->next;
	} while (node != head && nodes.count < NODES_MAX);
	for (unsigned i = 0; i < nodes.count; i++)
		hook_writes((void *)nodes.at[i], sizeof(*node), place);
}

/* swap(one, other) */
static void note_swap(const struct noted_call *call, const uintptr_t *words,
		      uintptr_t place)
{
	(void)call;
	for (unsigned i = 0; i < 2; i++) {
		struct list_node *head = (struct list_node *)words[i];

		hook_writes(head, sizeof(*head), place);
		write_links(head, place);
	}
}

/* --- Trees: std::map, std::set and their kin */

/* The head of a tree is a node, too: its parent is the root, whose parent it
 * is, left and right are the first node and the last. Only it and nobody's
 * parent is red. */
struct tree_node {
	int colour;
	struct tree_node *parent;
	struct tree_node *left;
	struct tree_node *right;
};

/* Adds the nodes from one up to the root, and the head. */
static void add_path(struct nodes *nodes, const struct tree_node *node,
		     const struct tree_node *head)
{
	for (; node && node != head && nodes->count < NODES_MAX - 1;
	     node = node->parent)
		add(nodes, node);
	add(nodes, head);
}

static void write_nodes(const struct nodes *nodes, uintptr_t place)
{
	for (unsigned i = 0; i < nodes->count; i++)
		hook_writes((void *)nodes->at[i], sizeof(struct tree_node),
			    place);
}

/* _Rb_tree_insert_and_rebalance(left, node, parent, head) */
static void note_insert(const struct noted_call *call, const uintptr_t *words,
			uintptr_t place)
{
	struct nodes nodes = {.count = 0};

	(void)call;
	add(&nodes, (const void *)words[1]);
	add_path(&nodes, (const struct tree_node *)words[2],
		 (const struct tree_node *)words[3]);
	write_nodes(&nodes, place);
}

/* _Rb_tree_rebalance_for_erase(node, head) */
static void note_erase(const struct noted_call *call, const uintptr_t *words,
		       uintptr_t place)
{
	const struct tree_node *node = (const struct tree_node *)words[0];
	const struct tree_node *next = node->left ? node->right : NULL;
	struct nodes nodes = {.count = 0};

	(void)call;
	/* With two children, the next node takes its place. */
	while (next && next->left)
		next = next->left;
	add_path(&nodes, next ? next : node,
		 (const struct tree_node *)words[1]);
	write_nodes(&nodes, place);
}

/* The head of the tree that a node is in, or the node if that takes too long.
 */
static const struct tree_node *head_of(const struct tree_node *node)
{
	const struct tree_node *at = node;

	for (unsigned i = 0; i < NODES_MAX && at->parent; i++) {
		const struct tree_node *parent = at->parent;

		/* One is the root, which is black. */
		if (parent->parent == at)
			return at->colour == 0 ? at : parent;
		at = parent;
	}
	return node;
}

/* _Rb_tree_increment(node) and the like: whatever changes the tree changes what
 * is found, and is taken to write to its head. */
static void note_step(const struct noted_call *call, const uintptr_t *words,
		      uintptr_t place)
{
	const struct tree_node *node = (const struct tree_node *)words[0];
	const struct tree_node *head = head_of(node);

	(void)call;
	hook_passes_on(node, sizeof(*node), place);
	if (head != node)
		hook_passes_on(head, sizeof(*head), place);
}

/* --- Hashing */

/* _Hash_bytes(bytes, length, seed) */
static void note_bytes(const struct noted_call *call, const uintptr_t *words,
		       uintptr_t place)
{
	(void)call;
	hook_reads((const void *)words[0], words[1], place);
}

/* std::__detail::_Prime_rehash_policy, whose functions are const and keep what
 * they found out. */
static void note_policy(const struct noted_call *call, const uintptr_t *words,
			uintptr_t place)
{
	(void)call;
	hook_writes((void *)words[0], 2 * sizeof(size_t), place);
}

/* --- Others whose names say nothing */

/* std::to_chars(first, last, value) */
static void note_to_chars(const struct noted_call *call, const uintptr_t *words,
			  uintptr_t place)
{
	(void)call;
	hook_writes((void *)words[0], words[1] - words[0], place);
}

/* thread.join() and the like, and other functions that change an object whose
 * first word says what it holds. */
void cplusplus_note_object(const struct noted_call *call,
			   const uintptr_t *words, uintptr_t place)
{
	(void)call;
	hook_writes((void *)words[0], sizeof(uintptr_t), place);
}

/* What the system draws. */
static void note_random_device(const struct noted_call *call,
			       const uintptr_t *words, uintptr_t place)
{
	(void)call;
	(void)words;
	hook_note("std::random_device", place);
}

#define LIST   "_ZNSt8__detail15_List_node_base"
#define POLICY "_ZNKSt8__detail20_Prime_rehash_policy"
#define TREE_STEP(name)                                                        \
	{.symbol = "_ZSt18_Rb_tree_" name "PKSt18_Rb_tree_node_base",          \
	 .note = note_step,                                                    \
	 .words = 1},                                                          \
	{                                                                      \
		.symbol = "_ZSt18_Rb_tree_" name "PSt18_Rb_tree_node_base",    \
		.note = note_step, .words = 1                                  \
	}

const struct noted_call cplusplus_containers[] = {
	{.symbol = LIST "7_M_hookEPS0_", .note = note_hook, .words = 2},
	{.symbol = LIST "9_M_unhookEv", .note = note_unhook, .words = 1},
	{.symbol = LIST "11_M_transferEPS0_S1_",
	 .note = note_transfer,
	 .words = 3},
	{.symbol = LIST "10_M_reverseEv", .note = note_reverse, .words = 1},
	{.symbol = LIST "4swapERS0_S1_", .note = note_swap, .words = 2},
	{.symbol = "_ZSt29_Rb_tree_insert_and_rebalanceb"
		   "PSt18_Rb_tree_node_baseS0_RS_",
	 .note = note_insert,
	 .words = 4},
	{.symbol = "_ZSt28_Rb_tree_rebalance_for_erase"
		   "PSt18_Rb_tree_node_baseRS_",
	 .note = note_erase,
	 .words = 2},
	TREE_STEP("increment"),
	TREE_STEP("decrement"),
	{.symbol = "_ZSt11_Hash_bytesPKvmm", .note = note_bytes, .words = 3},
	{.symbol = POLICY "11_M_next_bktEm", .note = note_policy, .words = 2},
	{.symbol = POLICY "14_M_need_rehashEmmm",
	 .note = note_policy,
	 .words = 4},
	{.symbol = "_ZSt8to_charsPcS_f", .note = note_to_chars, .words = 2},
	{.symbol = "_ZSt8to_charsPcS_d", .note = note_to_chars, .words = 2},
	{.symbol = "_ZSt8to_charsPcS_e", .note = note_to_chars, .words = 2},
	{.symbol = "_ZNSt6thread4joinEv",
	 .note = cplusplus_note_object,
	 .words = 1},
	{.symbol = "_ZNSt6thread6detachEv",
	 .note = cplusplus_note_object,
	 .words = 1},
	{.symbol = "_ZNSt13random_device9_M_getvalEv",
	 .note = note_random_device,
	 .words = 1},
	{.symbol = "_ZNSt13random_device16_M_getval_pretr1Ev",
	 .note = note_random_device,
	 .words = 1},
	{.symbol = NULL},
};
