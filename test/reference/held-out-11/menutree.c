/* The settings of a watch: a tree of pages, switches, numbers within limits, choices and actions, each kind with its own function for keys and for its line of text (tables of pointers); up, down, enter, back and a long press from buttons, a time-out leads home; four lines of sixteen letters, a cursor that drags the page along; 26 keys. -O2. */
#include <stdint.h>

enum Key { UP, DOWN, ENTER, BACK, HOLD, QUIET };
enum Kind { PAGE, SWITCH, NUMBER, CHOICE, ACTION };

typedef struct Item Item;
struct Item {
  const char *title;
  uint8_t kind, children;
  int16_t least, most, step;
  int16_t *value;
  const Item *inside;           /* of a page */
  const char *const *names;     /* of a choice */
  void (*act)(const Item *);
};

static int16_t light, sound, snooze, goal, units, zone, face, vibrate, laps, total;

static void reset_laps(const Item *item) {
  total += laps;
  laps = 0;
  (void)item;
}
static void add_lap(const Item *item) { laps = (int16_t)(laps + item->step); }
static void all_quiet(const Item *item) {
  sound = 0;
  vibrate = item->least;
}

static const char *const unit_names[] = {"km", "mile"}, *const face_names[] = {"Dial", "Digits", "Rings", "Text"}, *const sounds[] = {"off", "soft", "loud"};

static const Item display[] = {
  {"Light", NUMBER, 0, 0, 100, 5, &light, 0, 0, 0},
  {"Face", CHOICE, 4, 0, 3, 1, &face, 0, face_names, 0},
};
static const Item alarm[] = {
  {"Sound", CHOICE, 3, 0, 2, 1, &sound, 0, sounds, 0},
  {"Vibrate", SWITCH, 0, 0, 1, 1, &vibrate, 0, 0, 0},
  {"Snooze min", NUMBER, 0, 1, 30, 1, &snooze, 0, 0, 0},
  {"All quiet", ACTION, 0, 0, 0, 0, 0, 0, 0, all_quiet},
};
static const Item sport[] = {
  {"Goal", NUMBER, 0, -500, 20000, 250, &goal, 0, 0, 0},
  {"Add lap", ACTION, 0, 0, 0, 1, 0, 0, 0, add_lap},
  {"Reset laps", ACTION, 0, 0, 0, 0, 0, 0, 0, reset_laps},
};
static const Item settings[] = {
  {"Display", PAGE, 2, 0, 0, 0, 0, display, 0, 0},
  {"Alarm", PAGE, 4, 0, 0, 0, 0, alarm, 0, 0},
  {"Units", CHOICE, 2, 0, 1, 1, &units, 0, unit_names, 0},
  {"Zone", NUMBER, 0, -12, 14, 1, &zone, 0, 0, 0},
};
static const Item home[] = {
  {"Sport", PAGE, 3, 0, 0, 0, 0, sport, 0, 0},
  {"Settings", PAGE, 4, 0, 0, 0, 0, settings, 0, 0},
  {"Quiet!", ACTION, 0, 1, 0, 0, 0, 0, 0, all_quiet},
};
static const Item top = {"Menu", PAGE, 3, 0, 0, 0, 0, home, 0, 0};

static struct {
  const Item *page;
  uint8_t cursor, first;
} way[4];
static int depth, editing, idle;
static int16_t before;
static char screen[4][16];

static char *letters(char *to, const char *end, const char *from) {
  while (*from && to < end) *to++ = *from++;
  return to;
}

static void number_right(char *line, int value) {
  int at = 15, size = value < 0 ? -value : value;
  do {
    line[at--] = (char)('0' + size % 10);
    size /= 10;
  } while (size);
  if (value < 0) line[at] = '-';
}

static void text_right(char *line, const char *name) {
  int length = 0;
  while (name[length]) length++;
  for (int i = 0; i < length; i++) line[16 - length + i] = name[i];
}

static void show_page(const Item *item, char *line) {
  (void)item;
  line[15] = '>';
}
static void show_switch(const Item *item, char *line) { text_right(line, *item->value ? "on" : "off"); }
static void show_number(const Item *item, char *line) { number_right(line, *item->value); }
static void show_choice(const Item *item, char *line) { text_right(line, item->names[*item->value]); }
static void show_action(const Item *item, char *line) {
  if (item->act == add_lap) number_right(line, laps);
}

static void enter_page(const Item *item) {
  depth++;
  way[depth].page = item;
  way[depth].cursor = way[depth].first = 0;
}
static void enter_switch(const Item *item) { *item->value = !*item->value; }
static void enter_number(const Item *item) {
  editing = 1;
  before = *item->value;
}
static void enter_choice(const Item *item) { *item->value = (int16_t)((*item->value + 1) % item->children); }
static void enter_action(const Item *item) { item->act(item); }

static void (*const show[5])(const Item *, char *) = {show_page, show_switch, show_number, show_choice, show_action};
static void (*const enter[5])(const Item *) = {enter_page, enter_switch, enter_number, enter_choice, enter_action};

static const Item *current(void) { return &way[depth].page->inside[way[depth].cursor]; }

static void edit(enum Key key) {
  const Item *item = current();
  int v = *item->value;
  switch (key) {
    case UP:
      v += item->step;
      break;
    case DOWN:
      v -= item->step;
      break;
    case HOLD:
      v += 5 * item->step;
      break;
    case BACK:
      v = before;
      editing = 0;
      break;
    default:
      editing = 0;
  }
  *item->value = (int16_t)(v > item->most ? item->most : v < item->least ? item->least : v);
}

static void press(enum Key key) {
  if (key == QUIET) {
    if (++idle < 3) return;
    if (editing) edit(BACK);
    depth = 0;
    return;
  }
  idle = 0;
  if (editing) {
    edit(key);
    return;
  }
  uint8_t *cursor = &way[depth].cursor, *first = &way[depth].first;
  switch (key) {
    case UP:
      *cursor = *cursor ? *cursor - 1 : way[depth].page->children - 1;
      break;
    case DOWN:
      *cursor = *cursor + 1 < way[depth].page->children ? *cursor + 1 : 0;
      break;
    case ENTER:
      enter[current()->kind](current());
      return;
    case BACK:
      if (depth) depth--;
      return;
    default:
      depth = 0;
      return;
  }
  if (*cursor < *first) *first = *cursor;
  if (*cursor > *first + 2) *first = *cursor - 2;
}

static void draw(void) {
  for (int y = 0; y < 4; y++)
    for (int x = 0; x < 16; x++) screen[y][x] = ' ';
  letters(screen[0], screen[0] + 16, way[depth].page->title);
  number_right(screen[0], depth);
  for (int y = 1; y < 4; y++) {
    int i = way[depth].first + y - 1;
    if (i >= way[depth].page->children) break;
    const Item *item = &way[depth].page->inside[i];
    if (i == way[depth].cursor) screen[y][0] = editing ? '*' : '-';
    letters(screen[y] + 1, screen[y] + 12, item->title);
    show[item->kind](item, screen[y]);
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1972, h = 0;
  light = 50, sound = 1, snooze = 9, goal = 6000, units = zone = face = vibrate = laps = total = 0;
  depth = editing = idle = 0;
  way[0].page = &top;
  way[0].cursor = way[0].first = 0;
  static const uint8_t keys[16] = {UP, UP, DOWN, DOWN, DOWN, DOWN, ENTER, ENTER, ENTER, ENTER, ENTER, BACK, BACK, HOLD, QUIET, QUIET};
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 26; i++) {
      s = s * 1664525u + 1013904223u;
      press(keys[s >> 28]);
      draw();
      for (int j = 0; j < 64; j += 4)
        h = (h ^ (uint32_t)(screen[j >> 4][j & 15] | screen[j >> 4][(j & 15) + 1] << 8 | screen[j >> 4][(j & 15) + 2] << 16 | screen[j >> 4][(j & 15) + 3] << 24)) * 16777619u;
    }
    h += (uint32_t)(light + sound * 3 + snooze * 5 + goal * 7 + units * 11 + zone * 13 + face * 17 + vibrate * 19 + laps * 23 + total * 29);
  }
  return (int)h;
}
