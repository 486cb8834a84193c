;; A card held to a watch sends by Manchester's code: a start, bytes with even parity, each bit two halves of which one is on; edges come as times with jitter, are read back by a machine of three states that half and whole pauses move, parity and a sum tested; some edges come too late; three messages of 6 to 9 bytes.
(module
  (memory 1)
  ;; message at 1024, times between edges i16 at 1280, read bytes at 3072
  (global $seed (mut i32) (i32.const 0))
  (global $edge (mut i32) (i32.const 0))
  (global $level (mut i32) (i32.const 0))
  (global $since (mut i32) (i32.const 0))
  (func $next (result i32)
    (global.set $seed
      (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_u (global.get $seed) (i32.const 8)))
  ;; half a bit of a level: 64 ticks and up to 15 more or less
  (func $half (param $level i32)
    (local $jitter i32)
    (if (i32.ne (local.get $level) (global.get $level))
      (then
        (local.set $jitter (i32.sub (i32.and (call $next) (i32.const 31)) (i32.const 16)))
        (if (i32.eqz (i32.rem_u (call $next) (i32.const 211)))
          (then (local.set $jitter (i32.const 50))))
        (i32.store16 (global.get $edge) (i32.add (global.get $since) (local.get $jitter)))
        (global.set $edge (i32.add (global.get $edge) (i32.const 2)))
        (global.set $level (local.get $level))
        (global.set $since (i32.sub (i32.const 0) (local.get $jitter)))))
    (global.set $since (i32.add (global.get $since) (i32.const 64))))
  (func $bit (param $one i32)
    (call $half (local.get $one))
    (call $half (i32.eqz (local.get $one))))
  (func $send (param $length i32) (result i32)
    (local $p i32) (local $byte i32) (local $i i32)
    (global.set $edge (i32.const 1280))
    (global.set $level (i32.const 0))
    (global.set $since (i32.const 200))
    (call $bit (i32.const 1))
    (local.set $p (i32.const 1024))
    (loop $bytes
      (local.set $byte (i32.load8_u (local.get $p)))
      (local.set $i (i32.const 8))
      (loop $bits
        (call $bit (i32.and (local.get $byte) (i32.const 1)))
        (local.set $byte (i32.shr_u (local.get $byte) (i32.const 1)))
        (br_if $bits (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (call $bit (i32.and (i32.popcnt (i32.load8_u (local.get $p))) (i32.const 1)))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br_if $bytes (local.tee $length (i32.sub (local.get $length) (i32.const 1)))))
    ;; quiet: a last edge when the line falls
    (call $half (i32.const 0))
    (i32.shr_u (i32.sub (global.get $edge) (i32.const 1280)) (i32.const 1)))
  ;; states: 0 in the middle of a bit, 1 at its border, 2 nothing heard yet
  (func $receive (param $edges i32) (result i32)
    (local $p i32) (local $state i32) (local $time i32) (local $bit i32)
    (local $byte i32) (local $count i32) (local $to i32) (local $halves i32) (local $started i32)
    (local.set $p (i32.const 1280))
    (local.set $to (i32.const 3072))
    (local.set $state (i32.const 2))
    (block $ended
      (loop $edge
        (br_if $ended (i32.eqz (local.get $edges)))
        (local.set $edges (i32.sub (local.get $edges) (i32.const 1)))
        (local.set $time (i32.load16_s (local.get $p)))
        (local.set $p (i32.add (local.get $p) (i32.const 2)))
        ;; the level before this edge: the first edge rises
        (local.set $bit (i32.xor (local.get $bit) (i32.const 1)))
        (block $decide
          (block $quiet
            (block $border
              (block $middle
                (br_table $middle $border $quiet (local.get $state)))
              ;; in the middle: half goes to the border, whole is the next bit
              (local.set $halves
                (i32.add
                  (i32.gt_s (local.get $time) (i32.const 32))
                  (i32.add
                    (i32.gt_s (local.get $time) (i32.const 96))
                    (i32.gt_s (local.get $time) (i32.const 160)))))
              (if (i32.eq (local.get $halves) (i32.const 1))
                (then
                  (local.set $state (i32.const 1))
                  (br $edge)))
              (if (i32.ne (local.get $halves) (i32.const 2))
                (then (return (i32.const -1))))
              (br $decide))
            ;; at the border only half is right
            (if
              (i32.or
                (i32.le_s (local.get $time) (i32.const 32))
                (i32.gt_s (local.get $time) (i32.const 96)))
              (then (return (i32.const -2))))
            (local.set $state (i32.const 0))
            (br $decide))
          (local.set $state (i32.const 1))
          (br $edge))
        ;; an edge in the middle: falling is a one ($bit is the level after it)
        (if (i32.eqz (local.get $started))
          (then
            (if (local.get $bit)
              (then (return (i32.const -3))))
            (local.set $started (i32.const 1))
            (br $edge)))
        (if (i32.lt_u (local.get $count) (i32.const 8))
          (then
            (local.set $byte
              (i32.or
                (local.get $byte)
                (i32.shl (i32.eqz (local.get $bit)) (local.get $count))))
            (local.set $count (i32.add (local.get $count) (i32.const 1))))
          (else
            (if
              (i32.ne
                (i32.and (i32.popcnt (local.get $byte)) (i32.const 1))
                (i32.eqz (local.get $bit)))
              (then (return (i32.const -4))))
            (i32.store8 (local.get $to) (local.get $byte))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))
            (local.set $byte (i32.const 0))
            (local.set $count (i32.const 0))))
        (br $edge)))
    (i32.sub (local.get $to) (i32.const 3072)))
  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $q i32) (local $i i32) (local $length i32) (local $sum i32) (local $read i32)
    (global.set $seed (i32.const 14443))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $q (i32.const 3))
        (loop $message
          (local.set $length (i32.add (i32.const 5) (i32.and (call $next) (i32.const 3))))
          (local.set $i (i32.const 0))
          (local.set $sum (i32.const 0))
          (loop $fill
            (i32.store8 offset=1024 (local.get $i) (call $next))
            (local.set $sum
              (i32.add
                (i32.rotl (local.get $sum) (i32.const 3))
                (i32.load8_u offset=1024 (local.get $i))))
            (br_if $fill
              (i32.lt_u
                (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                (local.get $length))))
          (i32.store8 offset=1024 (local.get $length) (local.get $sum))
          (local.set $read (call $receive (call $send (i32.add (local.get $length) (i32.const 1)))))
          (local.set $h
            (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $read)))
          (if (i32.gt_s (local.get $read) (i32.const 0))
            (then
              (local.set $i (i32.const 0))
              (local.set $sum (i32.const 0))
              (loop $check
                (local.set $sum
                  (i32.add
                    (i32.rotl (local.get $sum) (i32.const 3))
                    (i32.load8_u offset=3072 (local.get $i))))
                (local.set $h
                  (i32.add
                    (i32.mul (local.get $h) (i32.const 31))
                    (i32.load8_u offset=3072 (local.get $i))))
                (br_if $check
                  (i32.lt_u
                    (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                    (i32.sub (local.get $read) (i32.const 1)))))
              (local.set $h
                (i32.xor
                  (local.get $h)
                  (i32.shl
                    (i32.eq
                      (i32.and (local.get $sum) (i32.const 255))
                      (i32.load8_u offset=3072 (local.get $i)))
                    (i32.const 20))))))
          ;; where the edges stand
          (local.set $i (i32.const 1280))
          (loop $edges
            (local.set $h (i32.xor (i32.rotl (local.get $h) (i32.const 5)) (i32.load16_s (local.get $i))))
            (br_if $edges
              (i32.lt_u
                (local.tee $i (i32.add (local.get $i) (i32.const 2)))
                (global.get $edge))))
          (br_if $message (local.tee $q (i32.sub (local.get $q) (i32.const 1)))))
        (br $again)))
    (local.get $h)))
