/* A wearable's modem asked by text: lines that begin with AT, several commands by semicolons, letters of either case, with nothing, =?, ? or = and what follows (numbers, words in quotes, places left empty); found in a table, each with its own function; echo, short errors or numbers of errors, three wrong secrets lock; answers gathered in a buffer. -Os. */
#include <stdint.h>

enum Kind { DO, ASK, TEST, SET };
enum { NO_ERROR = 0, NOT_ALLOWED = 3, WRONG = 16, LOCKED = 12, TOO_LONG = 24, UNKNOWN = 50 };

typedef struct {
  const char *text; /* in quotes: without them */
  int length;
  int value; /* -1: left empty, or a word */
  int is_word;
} Argument;

typedef struct {
  const char *name;
  uint8_t kinds;
  int (*act)(int kind);
} Command;

static char answer[256];
static int filled;
static Argument arguments[4];
static int given;

static int echo, registered, report, errors, tries, unlocked, clock_minutes, battery, context_type;
static char access_point[16];

static void letter(char c) {
  if (filled < (int)sizeof answer) answer[filled++] = c;
}
static void text(const char *t) {
  while (*t) letter(*t++);
}
static void number(int v) {
  char digits[12];
  int count = 0;
  if (v < 0) {
    letter('-');
    v = -v;
  }
  do digits[count++] = (char)('0' + v % 10);
  while (v /= 10);
  while (count) letter(digits[--count]);
}
static void value(const char *name, int v) {
  text(name);
  text(": ");
  number(v);
}

static int attention(int kind) { return kind == DO ? NO_ERROR : UNKNOWN; }

static int identity(int kind) {
  (void)kind;
  text("WRIST 2\r\n");
  return NO_ERROR;
}

static int quality(int kind) {
  if (kind == TEST) text("+CSQ: (0-31,99)");
  else {
    value("+CSQ", battery % 32);
    text(",99");
  }
  text("\r\n");
  return NO_ERROR;
}

static int registration(int kind) {
  if (kind == TEST) text("+CREG: (0-2)\r\n");
  else if (kind == ASK) {
    value("+CREG", report);
    letter(',');
    number(registered);
    text("\r\n");
  } else {
    if (given != 1 || arguments[0].is_word || arguments[0].value < 0 || arguments[0].value > 2) return UNKNOWN;
    report = arguments[0].value;
  }
  return NO_ERROR;
}

static int same(const Argument *a, const char *t) {
  int i = 0;
  for (; i < a->length; i++)
    if (a->text[i] != t[i]) return 0;
  return t[i] == 0;
}

static int secret(int kind) {
  if (kind == ASK) {
    text(tries == 0 ? "+CPIN: SIM PUK\r\n" : unlocked ? "+CPIN: READY\r\n" : "+CPIN: SIM PIN\r\n");
    return NO_ERROR;
  }
  if (given != 1) return UNKNOWN;
  if (tries == 0) return LOCKED;
  if (same(&arguments[0], "2468")) {
    unlocked = registered = 1;
    tries = 3;
    return NO_ERROR;
  }
  tries--;
  unlocked = registered = 0;
  return WRONG;
}

static int context(int kind) {
  if (!unlocked) return NOT_ALLOWED;
  if (kind == ASK) {
    value("+CGDCONT", 1);
    text(context_type ? ",\"IPV6\",\"" : ",\"IP\",\"");
    text(access_point);
    text("\"\r\n");
    return NO_ERROR;
  }
  if (given < 2 || arguments[0].value != 1) return UNKNOWN;
  if (given > 2 && arguments[2].length > 15) return TOO_LONG;
  if (arguments[1].length) {
    if (same(&arguments[1], "IP")) context_type = 0;
    else if (same(&arguments[1], "IPV6")) context_type = 1;
    else return UNKNOWN;
  }
  if (given > 2) {
    int i = 0;
    for (; i < arguments[2].length; i++) access_point[i] = arguments[2].text[i];
    access_point[i] = 0;
  }
  return NO_ERROR;
}

static int clock(int kind) {
  if (kind == ASK) {
    value("+CCLK", clock_minutes / 60);
    letter(':');
    number(clock_minutes % 60);
    text("\r\n");
    return NO_ERROR;
  }
  if (given != 2 || arguments[0].value < 0 || arguments[0].value > 23 || arguments[1].value < 0 || arguments[1].value > 59) return UNKNOWN;
  clock_minutes = arguments[0].value * 60 + arguments[1].value;
  return NO_ERROR;
}

static int charge(int kind) {
  (void)kind;
  value("+CBC", battery > 80);
  letter(',');
  number(battery);
  text("\r\n");
  return NO_ERROR;
}

static int error_form(int kind) {
  if (kind == ASK) {
    value("+CMEE", errors);
    text("\r\n");
    return NO_ERROR;
  }
  if (given != 1 || arguments[0].value < 0 || arguments[0].value > 1) return UNKNOWN;
  errors = arguments[0].value;
  return NO_ERROR;
}

static int echo_off(int kind) {
  (void)kind;
  echo = 0;
  return NO_ERROR;
}
static int echo_on(int kind) {
  (void)kind;
  echo = 1;
  return NO_ERROR;
}

#define CAN(kind) (1 << (kind))
static const Command commands[] = {
  {"", CAN(DO), attention},
  {"E0", CAN(DO), echo_off},
  {"E1", CAN(DO), echo_on},
  {"I", CAN(DO), identity},
  {"+CSQ", CAN(DO) | CAN(TEST), quality},
  {"+CREG", CAN(ASK) | CAN(TEST) | CAN(SET), registration},
  {"+CPIN", CAN(ASK) | CAN(SET), secret},
  {"+CGDCONT", CAN(ASK) | CAN(SET), context},
  {"+CCLK", CAN(ASK) | CAN(SET), clock},
  {"+CBC", CAN(DO), charge},
  {"+CMEE", CAN(ASK) | CAN(SET), error_form},
};

static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }

/* What follows =; 0 if it is not well formed. */
static int separate(const char *p, const char *end) {
  given = 0;
  for (;;) {
    if (given == 4) return 0;
    Argument *a = &arguments[given++];
    a->text = p;
    a->length = a->is_word = 0;
    a->value = -1;
    if (p < end && *p == '"') {
      a->text = ++p;
      a->is_word = 1;
      while (p < end && *p != '"') {
        p++;
        a->length++;
      }
      if (p == end) return 0;
      p++;
    } else
      while (p < end && *p != ',') {
        if (*p < '0' || *p > '9') return 0;
        a->value = (a->length ? a->value * 10 : 0) + *p++ - '0';
        a->length++;
      }
    if (p == end) return 1;
    if (*p++ != ',') return 0;
  }
}

static int command(const char *p, const char *end) {
  for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++) {
    const char *q = p, *name = commands[i].name;
    while (*name && q < end && upper(*q) == *name) {
      q++;
      name++;
    }
    if (*name) continue;
    int kind;
    if (q == end) kind = DO;
    else if (*q == '?') {
      if (q + 1 != end) continue;
      kind = ASK;
    } else if (*q == '=') kind = q + 2 == end && q[1] == '?' ? TEST : SET;
    else continue;
    if (!(commands[i].kinds & CAN(kind))) return UNKNOWN;
    if (kind == SET && !separate(q + 1, end)) return UNKNOWN;
    return commands[i].act(kind);
  }
  return UNKNOWN;
}

static void line(const char *p, int length) {
  const char *end = p + length;
  if (echo) {
    for (const char *q = p; q < end; q++) letter(*q);
    text("\r\n");
  }
  if (length < 2 || upper(p[0]) != 'A' || upper(p[1]) != 'T') return;
  p += 2;
  int error = NO_ERROR;
  while (!error) {
    const char *q = p;
    int quoted = 0;
    while (q < end && (quoted || *q != ';')) quoted ^= *q++ == '"';
    error = command(p, q);
    if (q == end) break;
    p = q + 1;
  }
  if (!error) text("OK\r\n");
  else if (errors) {
    value("+CME ERROR", error);
    text("\r\n");
  } else text("ERROR\r\n");
}

static const char *const asked[] = {
  "AT", "ATE0", "ate1", "ATI", "AT+CSQ;+CBC", "AT+CREG?", "AT+CREG=#", "at+creg=?;+creg=2,1", "AT+CPIN=\"246#\"", "AT+CPIN?;+CMEE?",
  "AT+CGDCONT=1,\"IP\",\"net#.home;x\"", "AT+CGDCONT?", "AT+CGDCONT=1,\"IPV6\"", "AT+CGDCONT=1,,\"a#much#too#long#name\"", "AT+CCLK=1#,##;+CCLK?", "AT+CMEE=1",
  "AT+CMEE=#", "AT+CPIN=\"2468\"", "AT+CCLK=7,5,3,1,2", "AT+FOO", "hello", "AT+CBC?", "AT+CPIN=\"2468\";+CREG?;E1;I", "AT+CMEE=0;;+CSQ=?",
};

__attribute__((export_name("run"))) int run(int n) {
  uint32_t s = 27007, h = 0;
  echo = 1;
  registered = report = errors = unlocked = context_type = 0;
  tries = 3;
  clock_minutes = 0;
  battery = 90;
  access_point[0] = 0;
  for (int k = 0; k < n; k++) {
    for (int t = 0; t < 8; t++) {
      char typed[48];
      int length = 0;
      s = s * 1664525u + 1013904223u;
      const char *from = asked[(s >> 16) % (sizeof asked / sizeof asked[0])];
      uint32_t digits = s;
      for (; *from; from++) {
        char c = *from;
        if (c == '#') {
          digits = digits * 5 + 1;
          c = (char)('0' + (digits >> 24) % 10);
        }
        typed[length++] = c;
      }
      filled = 0;
      line(typed, length);
      for (int i = 0; i < filled; i++) h = h * 31u + (uint8_t)answer[i];
    }
    battery = battery > 7 ? battery - 7 : 100;
    if (tries == 0 && (s >> 12 & 3) == 0) tries = 3;
  }
  return (int)h;
}
