/**
 * The ring of frames that windows are cut from. Taking in a frame costs the same however long the window is.
 *
 *   ring, i32:   slot 0: channel 0, channel 1, ...   slot 1: ...   up to slot `steps` - 1
 *   state, i32:  +0 slot   the next frame goes here: the oldest frame of a full ring
 *                +4 count  a window is due when it reaches `steps`; then it falls by `hop`
 *                +8 started  1 after the first frame
 *                +12 full  1 once every slot has been written
 *                +16 stale  what decide() answers: 0, or -2 while the model input was cut from a ring that was not full
 */

/** Clamps a raw sample to 24 bits, the range that every bound rests on. */
// @ts-ignore: decorator
@inline
export function clampCount(count: i32): i32 {
  return count < -0x7fffff ? -0x7fffff : count > 0x7fffff ? 0x7fffff : count;
}

/** Moves on after a frame has been stored; 1 when a window is due, else 0. */
export function advance(state: usize, steps: i32, hop: i32): i32 {
  const next = load<i32>(state) + 1;
  const wraps = next == steps;
  store<i32>(state, wraps ? 0 : next);
  store<i32>(state, 1, 8);
  if (wraps) store<i32>(state, 1, 12);
  const count = load<i32>(state, 4) + 1;
  const due = count == steps;
  store<i32>(state, due ? steps - hop : count, 4);
  return <i32>due;
}

/** Notes whether the model input that is about to be made comes from a full window. */
export function markPrepared(state: usize): void {
  store<i32>(state, load<i32>(state, 12) ? 0 : -2, 16);
}
