/* Sectors over flash that can only be erased in blocks: 56 sectors in twelve blocks of eight pages; a sector that is written goes to the next page of the open block, what it held before is stale; where fewer than two blocks are free, what is valid in the block with the least of it moves on and the block is erased; the open block is taken from the free ones by how often they were erased. -O2. */
#include <stdint.h>

#define SECTORS 56
#define BLOCKS 12
#define PAGES 8
#define NONE 255

enum { FREE, OPEN, FULL };

typedef struct {
  uint8_t kind, valid;
  uint16_t erased;
} Block;

typedef struct {
  uint32_t data;
  uint8_t owner;
} Page;

static Block blocks[BLOCKS];
static Page pages[BLOCKS * PAGES];
static uint8_t map[SECTORS];
static int open_block, next_page, free_blocks, moved;

static void take_block(void) {
  int best = -1;
  for (int b = 0; b < BLOCKS; b++)
    if (blocks[b].kind == FREE && (best < 0 || blocks[b].erased < blocks[best].erased)) best = b;
  if (open_block >= 0) blocks[open_block].kind = FULL;
  blocks[best].kind = OPEN;
  open_block = best;
  next_page = 0;
  free_blocks--;
}

static void forget(int sector) {
  int old = map[sector];
  if (old == NONE) return;
  pages[old].owner = NONE;
  blocks[old / PAGES].valid--;
  map[sector] = NONE;
}

static void put(int sector, uint32_t data) {
  if (next_page == PAGES) take_block();
  forget(sector);
  int at = open_block * PAGES + next_page++;
  pages[at].data = data;
  pages[at].owner = (uint8_t)sector;
  blocks[open_block].valid++;
  map[sector] = (uint8_t)at;
}

static void collect(void) {
  int victim = -1;
  for (int b = 0; b < BLOCKS; b++) {
    if (blocks[b].kind != FULL) continue;
    if (victim < 0 || blocks[b].valid < blocks[victim].valid) victim = b;
  }
  for (int p = victim * PAGES; p < victim * PAGES + PAGES; p++) {
    if (pages[p].owner == NONE) continue;
    put(pages[p].owner, pages[p].data);
    moved++;
  }
  blocks[victim].kind = FREE;
  blocks[victim].erased++;
  free_blocks++;
}

static void write_sector(int sector, uint32_t data) {
  while (free_blocks < 2) collect();
  put(sector, data);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1256, h = 0;
  for (int b = 0; b < BLOCKS; b++) blocks[b] = (Block){FREE, 0, 0};
  for (int p = 0; p < BLOCKS * PAGES; p++) pages[p].owner = NONE;
  for (int i = 0; i < SECTORS; i++) map[i] = NONE;
  free_blocks = BLOCKS;
  open_block = -1;
  moved = 0;
  take_block();
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 80; i++) {
      s = s * 1664525u + 1013904223u;
      uint32_t what = s >> 28;
      int sector = (int)((s >> 8 & 0xffff) * SECTORS >> 16);
      if (what < 6) sector >>= 2; /* some are written more often */
      if (what == 15) {
        forget(sector);
      } else if (what > 11) {
        if (map[sector] != NONE) h = h * 31u + pages[map[sector]].data;
      } else {
        write_sector(sector, s ^ h);
      }
    }
    for (int b = 0; b < BLOCKS; b++) h = h * 31u + (uint32_t)(blocks[b].erased * 16 + blocks[b].valid);
    h = h * 31u + (uint32_t)moved;
  }
  return (int)h;
}
