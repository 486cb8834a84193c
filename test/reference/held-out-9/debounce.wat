;; A keypad of 24 contacts that bounce: counters of two bits side by side in two words let a contact change after four like samples, presses and releases are taken out bit by bit, a contact that stays down for sixteen samples counts as long by four more words, events go through a ring of sixteen bytes; 60 samples.
(module
  (memory 1)
  (global $low (mut i32) (i32.const 0))
  (global $high (mut i32) (i32.const 0))
  (global $down (mut i32) (i32.const 0))
  (global $head (mut i32) (i32.const 0))
  (global $tail (mut i32) (i32.const 0))
  ;; bits of the time that each was down: words at 1024 to 1039; ring at 1056
  (func $put (param $event i32)
    (local $next i32)
    (local.set $next (i32.and (i32.add (global.get $head) (i32.const 1)) (i32.const 15)))
    (if (i32.ne (local.get $next) (global.get $tail))
      (then
        (i32.store8 offset=1056 (global.get $head) (local.get $event))
        (global.set $head (local.get $next)))))
  (func $each (param $set i32) (param $kind i32)
    (block $none
      (loop $more
        (br_if $none (i32.eqz (local.get $set)))
        (call $put (i32.or (i32.ctz (local.get $set)) (local.get $kind)))
        (local.set $set (i32.and (local.get $set) (i32.sub (local.get $set) (i32.const 1))))
        (br $more))))
  ;; those whose contact has changed for good
  (func $settle (param $sample i32) (result i32)
    (local $differ i32) (local $changed i32)
    (local.set $differ (i32.xor (local.get $sample) (global.get $down)))
    (local.set $changed (i32.and (local.get $differ) (i32.and (global.get $low) (global.get $high))))
    (global.set $high (i32.and (i32.xor (global.get $high) (global.get $low)) (local.get $differ)))
    (global.set $low (i32.and (i32.xor (global.get $low) (i32.const -1)) (local.get $differ)))
    (global.set $down (i32.xor (global.get $down) (local.get $changed)))
    (local.get $changed))
  ;; adds one for each that is down, clears the others; those that overflow
  (func $age (result i32)
    (local $carry i32) (local $p i32) (local $word i32)
    (local.set $carry (global.get $down))
    (local.set $p (i32.const 1024))
    (loop $word
      (local.set $word (i32.and (i32.load (local.get $p)) (global.get $down)))
      (i32.store (local.get $p) (i32.xor (local.get $word) (local.get $carry)))
      (local.set $carry (i32.and (local.get $word) (local.get $carry)))
      (br_if $word (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 4))) (i32.const 1040))))
    (local.get $carry))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $t i32) (local $h i32) (local $s i32) (local $held i32) (local $noise i32) (local $sample i32) (local $changed i32) (local $event i32)
    (local.set $s (i32.const 74148))
    (global.set $low (i32.const 0))
    (global.set $high (i32.const 0))
    (global.set $down (i32.const 0))
    (global.set $head (i32.const 0))
    (global.set $tail (i32.const 0))
    (memory.fill (i32.const 1024) (i32.const 0) (i32.const 64))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $t (i32.const 60))
        (loop $next
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          ;; now and then a finger moves and its contact bounces for a while
          (if (i32.lt_u (i32.shr_u (local.get $s) (i32.const 28)) (i32.const 6))
            (then
              (local.set $changed
                (i32.shl (i32.const 1) (i32.rem_u (i32.shr_u (local.get $s) (i32.const 16)) (i32.const 24))))
              (local.set $held (i32.xor (local.get $held) (local.get $changed)))
              (local.set $noise (i32.or (local.get $noise) (local.get $changed)))))
          (local.set $noise (i32.and (local.get $noise) (i32.shr_u (i32.mul (local.get $s) (i32.const 0x9e3779b1)) (i32.const 3))))
          (local.set $sample (i32.xor (local.get $held) (local.get $noise)))
          (local.set $changed (call $settle (local.get $sample)))
          (if (local.get $changed)
            (then
              (call $each (i32.and (local.get $changed) (global.get $down)) (i32.const 32))
              (call $each
                (i32.and (local.get $changed) (i32.xor (global.get $down) (i32.const -1)))
                (i32.const 64))))
          (call $each (call $age) (i32.const 96))
          ;; the reader comes every fourth sample, for three events at most
          (if (i32.eqz (i32.and (local.get $t) (i32.const 3)))
            (then
              (local.set $event (i32.const 3))
              (block $empty
                (loop $read
                  (br_if $empty (i32.eq (global.get $head) (global.get $tail)))
                  (local.set $h
                    (i32.add
                      (i32.mul (local.get $h) (i32.const 31))
                      (i32.add (i32.load8_u offset=1056 (global.get $tail)) (local.get $t))))
                  (global.set $tail (i32.and (i32.add (global.get $tail) (i32.const 1)) (i32.const 15)))
                  (br_if $read (local.tee $event (i32.sub (local.get $event) (i32.const 1))))))))
          (br_if $next (local.tee $t (i32.sub (local.get $t) (i32.const 1)))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (global.get $down)))
        (local.set $h (i32.xor (local.get $h) (i32.popcnt (i32.or (i32.load (i32.const 1032)) (i32.load (i32.const 1036))))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
