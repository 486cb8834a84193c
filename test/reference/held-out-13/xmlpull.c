/* A track of a run as XML, read piece by piece without a tree: names on a stack of places, attributes in either quotes, entities and numbers of signs, comments, an instruction at the head, elements that close themselves; a name that does not close what is open is an error; digits of the text change with each reading; all names, values and texts go into a sum, heights and rates are added up. -Os. */
#include <stdint.h>

enum Event { END_OF_TEXT, START, ATTRIBUTE, TEXT, END, ERROR };

typedef struct {
  const char *at;
  const char *name;
  int name_length;
  int depth;
  int in_tag;
  const char *names[8];
  uint8_t lengths[8];
} Reader;

static const char *const texts[] = {
  "<?xml version='1.0'?><gpx creator=\"wrist 2\"><trk><name>Hill &amp; dale</name><!-- start --><trkpt lat='4#.##1' lon='1#.##'><ele>1##</ele><hr>9#</hr></trkpt><trkpt lat='4#.##2' lon='1#.#9'><ele>2#</ele><hr>1#2</hr></trkpt></trk></gpx>",
  "<set unit = \"kg\"><rep n=\"#\"/><rep n=\"1#\" hard='&lt;yes&gt;'/>&#82;est <b>##</b> s<hr>7#</hr></set>",
  "<a><b x='#'>lost<ele>3#</ele></a></b>",
  "<lap ><ele>##</ele ><hr>8#</hr><hr>#</hr><note>&quot;fine&quot; &#x41;&apos;</note></lap>",
};

static char text[256];
static uint32_t sum;

static void add(uint32_t v) { sum = sum * 31u + v; }

static int is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

static int is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static int same(const char *a, const char *b, int length) {
  while (length--)
    if (*a++ != *b++) return 0;
  return 1;
}

static int starts(const char *p, const char *with) {
  while (*with)
    if (*p++ != *with++) return 0;
  return 1;
}

static void spaces(Reader *r) {
  while (is_space(*r->at)) r->at++;
}

static int name(Reader *r) {
  r->name = r->at;
  while (is_name(*r->at)) r->at++;
  r->name_length = (int)(r->at - r->name);
  return r->name_length;
}

static int letter(Reader *r) {
  static const struct {
    char text[7];
    char letter;
  } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  if (*r->at != '&') return *r->at++;
  if (r->at[1] == '#') {
    int hex = r->at[2] == 'x', v = 0;
    r->at += 2 + hex;
    for (; *r->at != ';'; r->at++) {
      int c = *r->at | 32;
      v = v * (hex ? 16 : 10) + (c >= 'a' ? c - 'a' + 10 : *r->at - '0');
    }
    r->at++;
    return v;
  }
  for (unsigned i = 0; i < sizeof entities / sizeof *entities; i++)
    if (starts(r->at, entities[i].text)) {
      while (*r->at++ != ';') {}
      return entities[i].letter;
    }
  return *r->at++;
}

/* An attribute's value follows by letter() up to the quote. */
static enum Event next(Reader *r) {
  if (r->in_tag) {
    spaces(r);
    if (*r->at == '/') {
      r->at += 2;
      r->in_tag = 0;
      r->depth--;
      r->name = r->names[r->depth];
      r->name_length = r->lengths[r->depth];
      return END;
    }
    if (*r->at != '>') {
      if (!name(r)) return ERROR;
      spaces(r);
      r->at++; /* = */
      spaces(r);
      return ATTRIBUTE;
    }
    r->at++;
    r->in_tag = 0;
  }
  for (;;) {
    if (!*r->at) return r->depth ? ERROR : END_OF_TEXT;
    if (*r->at != '<') return TEXT;
    if (starts(r->at, "<!--")) {
      while (!starts(r->at, "-->")) r->at++;
      r->at += 3;
    } else if (r->at[1] == '?') {
      while (!starts(r->at, "?>")) r->at++;
      r->at += 2;
    } else {
      break;
    }
  }
  r->at++;
  if (*r->at == '/') {
    r->at++;
    name(r);
    spaces(r);
    r->at++;
    r->depth--;
    return r->depth >= 0 && r->name_length == r->lengths[r->depth] && same(r->name, r->names[r->depth], r->name_length) ? END : ERROR;
  }
  if (!name(r) || r->depth == 8) return ERROR;
  r->names[r->depth] = r->name;
  r->lengths[r->depth++] = (uint8_t)r->name_length;
  r->in_tag = 1;
  return START;
}

static void add_name(const Reader *r) {
  for (int i = 0; i < r->name_length; i++) add((uint8_t)r->name[i]);
}

static int read(void) {
  Reader r;
  r.at = text;
  r.depth = r.in_tag = 0;
  int heights = 0, rates = 0, number = 0;
  for (;;) {
    enum Event e = next(&r);
    if (e != TEXT) add(256u + e);
    switch (e) {
      case START:
        add_name(&r);
        number = 0;
        break;
      case ATTRIBUTE: {
        add_name(&r);
        char quote = *r.at++;
        while (*r.at != quote) add((uint32_t)letter(&r));
        r.at++;
        break;
      }
      case TEXT: {
        int l = letter(&r);
        add((uint32_t)l);
        if (l >= '0' && l <= '9') number = number * 10 + l - '0';
        break;
      }
      case END:
        if (r.name_length == 3 && same(r.name, "ele", 3)) heights += number;
        else if (r.name_length == 2 && same(r.name, "hr", 2)) rates += number;
        number = 0;
        break;
      case ERROR:
        return -1;
      case END_OF_TEXT:
        return heights * 1024 + rates;
    }
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 1998;
  sum = 0;
  for (int k = 0; k < n; k++)
    for (int t = 0; t < 4; t++) {
      const char *from = texts[t];
      char *to = text;
      do {
        if (*from == '#' && (from == texts[t] || from[-1] != '&')) {
          s = s * 1664525u + 1013904223u;
          *to++ = (char)('0' + (int)((s >> 16) * 10 >> 16));
        } else {
          *to++ = *from;
        }
      } while (*from++);
      add((uint32_t)read());
    }
  return (int)sum;
}
