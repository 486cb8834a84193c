// Raise and twist of a wrist: a state machine over accelerometer samples, counters and states in globals, timeouts, events into a log.
const SAMPLES: i32 = 300;
const ACC: usize = 4096; // int8[300][3]
const LOG: usize = 1024;

let state: i32 = 0;
let timer: i32 = 0;
let still: i32 = 0;
let logged: i32 = 0;
let gravity: i32 = 0;

function fill(): void {
  let s: u32 = 3;
  for (let i: i32 = 0; i < SAMPLES; i++) {
    s = s * 1664525 + 1013904223;
    const p: usize = ACC + <usize>(i * 3);
    const phase: i32 = i % 75;
    store<i8>(p, <i8>((phase < 20 ? 5 : phase < 30 ? 50 - phase : 60) + <i32>(s >> 29)));
    store<i8>(p, <i8>((phase > 40 && phase < 46 ? 70 : -3) - <i32>((s >> 26) & 7)), 1);
    store<i8>(p, <i8>((phase < 20 ? 60 : 10) + <i32>((s >> 20) & 3)), 2);
  }
}

function note(event: i32): void {
  store<u8>(LOG + <usize>(logged & 63), <u8>event);
  logged++;
}

function sample(x: i32, y: i32, z: i32): void {
  gravity += (x * x + y * y + z * z - gravity) >> 3;
  timer++;
  const calm: bool = gravity > 2500 && gravity < 5000;
  still = calm ? still + 1 : 0;
  switch (state) {
    case 0: // hanging
      if (x > 25) {
        state = 1;
        timer = 0;
        note(1);
      }
      break;
    case 1: // on its way up
      if (timer > 25) {
        state = 0;
        note(9);
      } else if (x > 45 && still >= 2) {
        state = 2;
        timer = 0;
        note(2);
      }
      break;
    case 2: // looked at
      if (y > 40) {
        state = 3;
        timer = 0;
      } else if (x < 15) {
        state = 4;
        timer = 0;
      }
      break;
    case 3: // twisted
      if (y < 10) {
        note(timer < 8 ? 3 : 5);
        state = 2;
      }
      break;
    default: // lowered
      if (timer > 4) {
        state = 0;
        note(4);
      } else if (x > 45) state = 2;
  }
}

export function run(n: i32): i32 {
  fill();
  state = timer = still = logged = gravity = 0;
  let h: i32 = 0;
  for (let k: i32 = 0; k < n; k++) {
    store<i8>(ACC + <usize>((k * 13) % 900), <i8>(k * 5));
    for (let p: usize = ACC; p < ACC + 900; p += 3)
      sample(<i32>load<i8>(p), <i32>load<i8>(p, 1), <i32>load<i8>(p, 2));
    h = h * 31 + logged + <i32>load<u8>(LOG + <usize>(k & 63));
  }
  return h;
}
