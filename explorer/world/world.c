/*
 * Save, restore, digest. See world.h.
 */
#include "world/world.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/kept_errno.h"
#include "base/memory.h"
#include "world/fiber.h"
#include "world/imports.h"

void world_init(struct world *world)
{
	heap_init(&world->heap, &world->pages);
	world->clock_ns = CLOCK_START_NS;
}

int world_take(struct world *world)
{
	modules_find(&world->modules);
	segments_add(&world->modules, &world->pages);
	if (output_init(&world->output) < 0)
		return -1;
	if (imports_exception_flags(&world->modules))
		fiber_keep_flags();
	return tls_init(&world->tls, &world->modules);
}

static int64_t input_offset(void)
{
	int saved_errno = errno;
	int64_t offset = lseek(STDIN_FILENO, 0, SEEK_CUR);

	errno_put_back(saved_errno);
	return offset;
}

static void set_input_offset(int64_t offset)
{
	int saved_errno = errno;

	if (offset >= 0)
		lseek(STDIN_FILENO, offset, SEEK_SET);
	errno_put_back(saved_errno);
}

void world_check_input(struct world *world)
{
	int64_t offset;

	if (world->input_in_use || world->no_offset)
		return;
	offset = input_offset();
	world->input_in_use = offset > 0;
	world->no_offset = offset < 0;
}

void world_note_input(struct world *world)
{
	if (stdin->_IO_buf_base)
		world_check_input(world);
}

static void save_pieces(struct buffer *to, const struct piece *pieces,
			size_t count)
{
	buffer_clear(to);
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].bytes == 0)
			continue;
		buffer_put(to, &pieces[i], sizeof(pieces[i]));
		buffer_put(to, pieces[i].start, pieces[i].bytes);
	}
}

static void load_pieces(const struct buffer *from)
{
	const uint8_t *next = from->data;
	const uint8_t *end = from->data + from->length;

	while (next < end) {
		struct piece piece;

		memcpy(&piece, next, sizeof(piece));
		memcpy(piece.start, next + sizeof(piece), piece.bytes);
		next += sizeof(piece) + piece.bytes;
	}
}

static void save_rest(struct world *world, struct snapshot *snapshot,
		      const struct piece *pieces, size_t count)
{
	save_pieces(&snapshot->pieces, pieces, count);
	snapshot->output_length = world->output.text.length;
	snapshot->clock_ns = world->clock_ns;
	/* As long as nobody has read, the offset is where it began. */
	snapshot->input_offset = world->input_in_use ? input_offset() : 0;
}

static void load_rest(struct world *world, const struct snapshot *snapshot)
{
	load_pieces(&snapshot->pieces);
	world->output.text.length = snapshot->output_length;
	world->clock_ns = snapshot->clock_ns;
	if (world->input_in_use)
		set_input_offset(snapshot->input_offset);
}

void world_protect(struct world *world, struct snapshot *snapshot,
		   const struct piece *pieces, size_t count)
{
	save_rest(world, snapshot, pieces, count);
	pages_protect(&world->pages);
}

void world_restore(struct world *world, unsigned level,
		   const struct snapshot *snapshot)
{
	pages_restore(&world->pages, level);
	heap_changed(&world->heap);
	load_rest(world, snapshot);
}

void world_save(struct world *world, struct snapshot *snapshot,
		const struct piece *pieces, size_t count)
{
	size_t bytes = pages_hot_bytes(&world->pages);

	save_rest(world, snapshot, pieces, count);
	memory_reserve((void **)&snapshot->pages.data,
		       &snapshot->pages.capacity, bytes, 1);
	pages_save(&world->pages, snapshot->pages.data);
	snapshot->pages.length = bytes;
}

void world_load(struct world *world, const struct snapshot *snapshot)
{
	pages_load(&world->pages, snapshot->pages.data, snapshot->pages.length);
	heap_changed(&world->heap);
	load_rest(world, snapshot);
}

void snapshot_fini(struct snapshot *snapshot)
{
	buffer_fini(&snapshot->pages);
	buffer_fini(&snapshot->pieces);
}

uint64_t world_digest(const struct world *world, const struct piece *pieces,
		      size_t count)
{
	uint64_t digest = pages_digest(&world->pages);

	for (size_t i = 0; i < count; i++)
		digest = hash_mix(digest,
				  hash_bytes(pieces[i].start, pieces[i].bytes,
					     (uintptr_t)pieces[i].start));
	digest = hash_mix(digest, hash_bytes(world->output.text.data,
					     world->output.text.length, 0));
	return hash_mix(digest, world->clock_ns);
}

bool world_holds(const struct world *world, uintptr_t address, size_t bytes)
{
	return pages_hold(&world->pages, address, bytes) ||
	       stacks_hold(&world->stacks, address, bytes);
}
