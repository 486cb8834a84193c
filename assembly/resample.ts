/**
 * Samples with timestamps, each sensor in its own rhythm, onto one grid of frames: straight lines between neighbours at
 * origin + k / rate. The origin is the first instant at which every sensor has been heard. Of samples that share a time the last one counts.
 * TypeScript twin: generator/stages/sample-stage.ts.
 *
 *   clock    i64[3]             +0 origin (microseconds)  +8 frames handed on  +16 whether there is an origin
 *   sensors  i64[sensors][3]    +0 time of the last sample  +8 next frame to fill  +16 whether there was a sample
 *   last     i32[channels]      last raw counts
 *   queue    i32[depth][channels]   frames that wait for other sensors, counts in Q`fraction`
 *   places   i32[sensors][2]    bytes to a sensor's first channel, bytes of its channels
 */
import { clampCount } from "./window";
import { divideRound } from "./fixed";

/** The sample is dropped: unknown sensor, or earlier than the last one of its sensor. */
const BAD_SAMPLE = -4;
/** A sensor was silent for too long: what follows must begin anew. */
const GAP = -5;

/**
 * Takes one sample of one sensor, its raw counts at their places in `frame`; 0, or a negative status.
 *
 * @param time microseconds, less than 2^60
 * @param rate in 1/1000 Hz
 * @param longest gap in microseconds, at most 2^24
 */
export function takeSample(
  sensor: i32, time: i64, frame: usize,
  clock: usize, sensors: usize, count: i32, last: usize, queue: usize, depth: i32, channels: i32,
  places: usize, rate: i64, longest: i64, fraction: i32,
): i32 {
  if (<u32>sensor >= <u32>count) return BAD_SAMPLE;
  const record = sensors + <usize>(sensor * 24);
  const first = <usize>load<i32>(places + (<usize>sensor << 3));
  const bytes = <usize>load<i32>(places + (<usize>sensor << 3), 4);
  if (load<i64>(record, 16) != 0) {
    const before = load<i64>(record);
    if (time < before) return BAD_SAMPLE;
    if (time - before > longest) return GAP;
    if (load<i64>(clock, 16) != 0) {
      const origin = load<i64>(clock);
      let index = load<i64>(record, 8);
      for (let at = origin + divideRound(index * 1000000000, rate); at < time; ) {
        const waiting = index - load<i64>(clock, 8);
        if (waiting >= <i64>depth) return GAP;
        const slot = queue + <usize>(<i32>(index % <i64>depth) * (channels << 2)) + first;
        for (let c: usize = 0; c < bytes; c += 4) {
          const from = load<i32>(last + first + c);
          const rise = <i64>(clampCount(load<i32>(frame + first + c)) - from) << <i64>fraction;
          const moved = divideRound(rise * (at - before), time - before);
          store<i32>(slot + c, (from << fraction) + <i32>moved);
        }
        index += 1;
        at = origin + divideRound(index * 1000000000, rate);
      }
      store<i64>(record, index, 8);
    }
  }
  store<i64>(record, time);
  store<i64>(record, 1, 16);
  for (let c: usize = 0; c < bytes; c += 4) {
    store<i32>(last + first + c, clampCount(load<i32>(frame + first + c)));
  }
  if (load<i64>(clock, 16) == 0) findOrigin(clock, sensors, count);
  return 0;
}

/** The latest of the sensors' last samples, once there is one of each. */
function findOrigin(clock: usize, sensors: usize, count: i32): void {
  let origin: i64 = i64.MIN_VALUE;
  for (const end = sensors + <usize>(count * 24); sensors < end; sensors += 24) {
    if (load<i64>(sensors, 16) == 0) return;
    origin = max(origin, load<i64>(sensors));
  }
  store<i64>(clock, origin);
  store<i64>(clock, 1, 16);
}

/** Hands on the next frame that all sensors have filled; 1 when there was one, else 0. */
export function nextFrame(
  frame: usize, clock: usize, sensors: usize, count: i32, queue: usize, depth: i32, channels: i32,
): i32 {
  const index = load<i64>(clock, 8);
  for (const end = sensors + <usize>(count * 24); sensors < end; sensors += 24) {
    if (load<i64>(sensors, 8) <= index) return 0;
  }
  const bytes = <usize>channels << 2;
  const slot = queue + <usize>(<i32>(index % <i64>depth)) * bytes;
  for (let c: usize = 0; c < bytes; c += 4) store<i32>(frame + c, load<i32>(slot + c));
  store<i64>(clock, index + 1, 8);
  return 1;
}

/** Raw counts of a whole frame in Q`fraction`. */
export function scaleFrame(frame: usize, channels: i32, fraction: i32): void {
  for (const end = frame + (<usize>channels << 2); frame < end; frame += 4) {
    store<i32>(frame, clampCount(load<i32>(frame)) << fraction);
  }
}
