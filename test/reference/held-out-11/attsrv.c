/* What a wearable offers over its radio: a table of attributes (services, characteristics, values, their settings) asked by a phone: exchange of sizes, find by handle, read by type and by group, read, read from a place on, write with and without answer, writes in pieces then carried out; errors with their codes; answers cut to size; 24 requests. -O2. */
#include <stdint.h>

enum {
  E_HANDLE = 1, E_NO_READ = 2, E_NO_WRITE = 3, E_PDU = 4, E_AUTH = 5, E_UNKNOWN = 6, E_OFFSET = 7, E_QUEUE = 9, E_NOT_FOUND = 10, E_LENGTH = 13, E_GROUP = 16
};
enum { READ = 1, WRITE = 2, SILENT = 4, LOCKED = 8 };

typedef struct {
  uint16_t type;
  uint8_t rights, length, room;
  uint8_t *value;
} Attribute;

static uint8_t v_access[2] = {0, 0x18}, v_heart[2] = {0x0d, 0x18}, v_own[2] = {0xe0, 0xff};
static uint8_t d_name[5] = {2, 3, 0, 0, 0x2a}, d_rate[5] = {0x10, 6, 0, 0x37, 0x2a}, d_place[5] = {2, 9, 0, 0x38, 0x2a};
static uint8_t d_goal[5] = {10, 12, 0, 1, 0xff}, d_note[5] = {10, 14, 0, 2, 0xff};
static uint8_t name[28], rate[4], tell[2], place[1] = {2}, goal[4], note[24];

static Attribute table[14] = {
  {0x2800, READ, 2, 2, v_access}, {0x2803, READ, 5, 5, d_name}, {0x2a00, READ | WRITE, 24, 28, name},
  {0x2800, READ, 2, 2, v_heart}, {0x2803, READ, 5, 5, d_rate}, {0x2a37, 0, 2, 4, rate},
  {0x2902, READ | WRITE, 2, 2, tell}, {0x2803, READ, 5, 5, d_place}, {0x2a38, READ, 1, 1, place},
  {0x2800, READ, 2, 2, v_own}, {0x2803, READ, 5, 5, d_goal}, {0xff01, READ | WRITE | SILENT, 4, 4, goal},
  {0x2803, READ, 5, 5, d_note}, {0xff02, READ | WRITE | LOCKED, 0, 24, note},
};
#define LAST 14

static uint8_t in[64], out[64], queue[3][20];
static int mtu, queued, trusted;

static unsigned u16(const uint8_t *p) { return p[0] | (unsigned)p[1] << 8; }

static uint8_t *put16(uint8_t *p, unsigned v) {
  *p++ = (uint8_t)v;
  *p++ = (uint8_t)(v >> 8);
  return p;
}

static int refuse(unsigned handle, int why) {
  out[0] = 1;
  out[1] = in[0];
  put16(out + 2, handle);
  out[4] = (uint8_t)why;
  return 5;
}

static int may(const Attribute *a, int right) {
  if (!(a->rights & right)) return right == READ ? E_NO_READ : E_NO_WRITE;
  if ((a->rights & LOCKED) && !trusted) return E_AUTH;
  return 0;
}

static unsigned end_of_group(unsigned handle) {
  while (handle < LAST && table[handle].type != 0x2800) handle++;
  return handle;
}

static int find_information(unsigned from, unsigned to) {
  uint8_t *p = out;
  *p++ = 5;
  *p++ = 1;
  for (unsigned h = from; h <= to && h <= LAST && p - out + 4 <= mtu; h++) p = put16(put16(p, h), table[h - 1].type);
  return p - out == 2 ? refuse(from, E_NOT_FOUND) : (int)(p - out);
}

static int read_by_type(unsigned from, unsigned to, unsigned type, int group) {
  uint8_t *p = out + 2;
  int each = 0;
  if (group && type != 0x2800) return refuse(from, E_GROUP);
  for (unsigned h = from; h <= to && h <= LAST; h++) {
    const Attribute *a = &table[h - 1];
    if (a->type != type) continue;
    int why = may(a, READ);
    if (why) {
      if (!each) return refuse(h, why);
      break;
    }
    int head = group ? 4 : 2, size = a->length;
    if (size > mtu - 2 - head) size = mtu - 2 - head;
    if (each && (each != head + size || p - out + each > mtu)) break;
    each = head + size;
    p = put16(p, h);
    if (group) p = put16(p, end_of_group(h));
    for (int i = 0; i < size; i++) *p++ = a->value[i];
  }
  if (!each) return refuse(from, E_NOT_FOUND);
  out[0] = (uint8_t)(in[0] + 1);
  out[1] = (uint8_t)each;
  return (int)(p - out);
}

static int read(unsigned handle, unsigned offset) {
  if (handle == 0 || handle > LAST) return refuse(handle, E_HANDLE);
  const Attribute *a = &table[handle - 1];
  int why = may(a, READ), i = 1;
  if (why) return refuse(handle, why);
  if (offset > a->length) return refuse(handle, E_OFFSET);
  out[0] = (uint8_t)(in[0] + 1);
  while (offset < a->length && i < mtu) out[i++] = a->value[offset++];
  return i;
}

static int set(unsigned handle, unsigned offset, const uint8_t *from, int length) {
  if (handle == 0 || handle > LAST) return E_HANDLE;
  Attribute *a = &table[handle - 1];
  int why = may(a, WRITE);
  if (why) return why;
  if (offset > a->length) return E_OFFSET;
  if ((int)offset + length > a->room) return E_LENGTH;
  for (int i = 0; i < length; i++) a->value[(int)offset + i] = from[i];
  a->length = (uint8_t)((int)offset + length);
  return 0;
}

static int answer(int length) {
  unsigned handle = length >= 3 ? u16(in + 1) : 0, end = length >= 5 ? u16(in + 3) : 0;
  switch (in[0]) {
    case 2:
      if (length != 3) return refuse(0, E_PDU);
      mtu = (int)(handle < 23 ? 23 : handle > 48 ? 48 : handle);
      out[0] = 3;
      put16(out + 1, 48);
      return 3;
    case 4:
      if (length != 5) return refuse(0, E_PDU);
      if (!handle || handle > end) return refuse(handle, E_HANDLE);
      return find_information(handle, end);
    case 8:
    case 16:
      if (length != 7) return refuse(0, E_PDU);
      if (!handle || handle > end) return refuse(handle, E_HANDLE);
      return read_by_type(handle, end, u16(in + 5), in[0] == 16);
    case 10:
      return length == 3 ? read(handle, 0) : refuse(0, E_PDU);
    case 12:
      return length == 5 ? read(handle, end) : refuse(0, E_PDU);
    case 0x12: {
      if (length < 3) return refuse(0, E_PDU);
      int why = set(handle, 0, in + 3, length - 3);
      if (why) return refuse(handle, why);
      out[0] = 0x13;
      return 1;
    }
    case 0x52:
      if (length >= 3 && handle && handle <= LAST && (table[handle - 1].rights & SILENT)) set(handle, 0, in + 3, length - 3);
      return 0;
    case 0x16:
      if (length < 5) return refuse(0, E_PDU);
      if (!handle || handle > LAST) return refuse(handle, E_HANDLE);
      if (queued == 3) return refuse(handle, E_QUEUE);
      queue[queued][0] = (uint8_t)length;
      for (int i = 1; i < length; i++) queue[queued][i] = out[i] = in[i];
      queued++;
      out[0] = 0x17;
      return length;
    case 0x18: {
      int why = 0;
      unsigned which = 0;
      if (length != 2) return refuse(0, E_PDU);
      for (int i = 0; i < queued && in[1] && !why; i++) {
        which = u16(queue[i] + 1);
        why = set(which, u16(queue[i] + 3), queue[i] + 5, queue[i][0] - 5);
      }
      queued = 0;
      if (why) return refuse(which, why);
      out[0] = 0x19;
      return 1;
    }
    default:
      return in[0] & 0x40 ? 0 : refuse(0, E_UNKNOWN);
  }
}

static const uint8_t kinds[16] = {2, 4, 8, 16, 10, 10, 12, 12, 0x12, 0x12, 0x52, 0x16, 0x16, 0x18, 0x20, 8};
static const uint16_t types[4] = {0x2803, 0x2800, 0x2902, 0x2a37};

static int ask(uint32_t s, uint32_t t) {
  uint8_t *p = in;
  unsigned kind = kinds[s >> 28], handle = s >> 24 & 15;
  if (!(t & 7)) handle = 14;
  *p++ = (uint8_t)kind;
  if (kind == 0x18) *p++ = s >> 20 & 1;
  else if (kind == 2) p = put16(p, 16 + (s >> 20 & 63));
  else {
    p = put16(p, handle);
    if (kind == 4 || kind == 8 || kind == 16) p = put16(p, s >> 19 & 1 ? 0xffff : handle + (s >> 20 & 7));
    if (kind == 8 || kind == 16) p = put16(p, kind == 16 && (t & 0x300) ? 0x2800 : types[s >> 17 & 3]);
    if (kind == 12 || kind == 0x16) p = put16(p, s >> 20 & 7);
    if (kind == 0x12 || kind == 0x52 || kind == 0x16)
      for (unsigned i = t >> 28 & 7; i > 0; i--) *p++ = (uint8_t)(t >> i);
  }
  if ((t & 0xf80) == 0x80) p--;
  return (int)(p - in);
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 4200, h = 0;
  static const char first[] = "band of the eleventh day";
  mtu = 23;
  queued = 0;
  for (int i = 0; i < 28; i++) name[i] = i < 24 ? (uint8_t)first[i] : 0;
  for (int i = 0; i < 4; i++) rate[i] = goal[i] = 0;
  for (int i = 0; i < 24; i++) note[i] = 0;
  tell[0] = tell[1] = 0;
  table[2].length = 24;
  table[6].length = 2;
  table[11].length = 4;
  table[13].length = 0;
  for (int k = 0; k < n; k++) {
    trusted = k & 1;
    for (int i = 0; i < 24; i++) {
      s = s * 1664525u + 1013904223u;
      uint32_t t = s * 0x2c1b3c6du;
      t ^= t >> 13;
      int length = answer(ask(s, t));
      h = h * 31u + (uint32_t)length;
      for (int j = 0; j < length; j++) h = h * 31u + out[j];
    }
    rate[1] = (uint8_t)(60 + k);
    /* the phone's copy of the name, cut off */
    table[2].length = 24 - (uint8_t)(k & 3);
  }
  return (int)h;
}
