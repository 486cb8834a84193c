// How full the battery is: charge counted in 1/65536, resistance learnt from steps of the current, at rest drawn to what a table of resting voltages says (eleven points, straight lines back), four levels with hysteresis, hours left; the cell itself is a second model beside it; 48 readings.
const CAPACITY: i32 = 220; // mAh
const SECONDS: i32 = 60;
const FULL: i32 = 65536;

const VOLTS: StaticArray<i32> = [3300, 3520, 3610, 3670, 3710, 3750, 3800, 3870, 3950, 4050, 4180];

@unmanaged
class Gauge {
  charge: i32;
  resistance: i32; // milliohm
  current: i32; // mA, out is positive
  voltage: i32; // mV
  still: i32;
  level: i32;
  rest: i32; // of the division
}

function resting(charge: i32): i32 {
  const at: i32 = min(max(charge, 0), FULL - 1) * 10;
  const i: i32 = at >> 16;
  return VOLTS[i] + (((VOLTS[i + 1] - VOLTS[i]) * (at & 0xffff)) >> 16);
}

function chargeAt(volts: i32): i32 {
  if (volts <= VOLTS[0]) return 0;
  let i: i32 = 0;
  while (i < 10 && VOLTS[i + 1] <= volts) i++;
  if (i == 10) return FULL;
  return (i * FULL + ((volts - VOLTS[i]) * FULL) / (VOLTS[i + 1] - VOLTS[i])) / 10;
}

function levelFor(g: Gauge): i32 {
  const percent: i32 = (g.charge * 100) >> 16;
  switch (g.level) {
    case 0:
      return percent >= 8 ? 1 : 0;
    case 1:
      return percent < 5 ? 0 : percent >= 25 ? 2 : 1;
    case 2:
      return percent < 20 ? 1 : percent >= 95 ? 3 : 2;
    default:
      return percent < 90 ? 2 : 3;
  }
}

function update(g: Gauge, current: i32, voltage: i32): void {
  const step: i32 = current - g.current;
  if (abs(step) >= 30) {
    const seen: i32 = ((g.voltage - voltage) * 1000) / step;
    if (seen > 50 && seen < 2000) g.resistance += (seen - g.resistance) >> 2;
  }
  g.current = current;
  g.voltage = voltage;
  // what flowed, and what the division left over
  const moved: i64 = <i64>current * (SECONDS * FULL) + g.rest;
  const taken: i64 = moved / (CAPACITY * 3600);
  g.rest = <i32>(moved - taken * (CAPACITY * 3600));
  g.charge = min(max(g.charge - <i32>taken, 0), FULL);
  if (abs(current) < 6) {
    g.still++;
    if (g.still > 3) g.charge += (chargeAt(voltage + ((current * g.resistance) / 1000)) - g.charge) >> 3;
  } else g.still = 0;
  g.level = levelFor(g);
}

export function run(n: i32): i32 {
  let s: u32 = 1800;
  const g = changetype<Gauge>(1024);
  g.charge = 40000;
  g.resistance = 200;
  g.current = 0;
  g.voltage = 3800;
  g.still = 0;
  g.level = 2;
  g.rest = 0;
  let cell: i32 = 50000 << 8;
  let h: i32 = 0;
  let draw: i32 = 5;
  let charging: bool = false;
  for (let k: i32 = 0; k < n; k++) {
    for (let t: i32 = 0; t < 48; t++) {
      s = s * 1664525 + 1013904223;
      if (s >> 29 == 0) {
        const kind: i32 = (s >> 24) & 7;
        draw = kind < 3 ? kind + 2 : kind < 6 ? 35 * (kind - 2) : 4;
      }
      if (cell < 6000 << 8) charging = true;
      else if (cell > 63000 << 8) charging = false;
      const current: i32 = charging ? draw - 160 : draw;
      cell -= current * 1271;
      const voltage: i32 = resting(cell >> 8) - ((current * 430) >> 10) + (<i32>s >> 30);
      update(g, current, voltage);
      h = h * 31 + g.charge;
      const hours: i32 = current > 0 ? (g.charge * CAPACITY / current) >> 16 : -1;
      h = h * 31 + (g.level << 16) + hours;
    }
    h = h * 31 + g.resistance;
  }
  return h;
}
