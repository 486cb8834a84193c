;; Eight lights dimmed without hardware: each has a brightness that glides to its goal, a curve for the eye (square with an offset), and a modulator of second order whose two sums carry on (8 bits in, one bit out, limits on both); 64 ticks an iteration, the outputs of all eight are one byte a tick; the longest dark stretch of each light is kept.
(module
  (memory 1)
  ;; lights at 1024, 16 bytes each: i16 now, i16 goal, i32 first sum, i32 second sum, u8 dark, u8 longest, i16 drive
  ;; ticks u8[64] at 1280
  (func $glide (param $p i32)
    (local $now i32) (local $step i32)
    (local.set $now (i32.load16_s (local.get $p)))
    (local.set $step (i32.sub (i32.load16_s offset=2 (local.get $p)) (local.get $now)))
    (local.set $now
      (i32.add
        (local.get $now)
        (select
          (i32.shr_s (local.get $step) (i32.const 3))
          (i32.sub (i32.gt_s (local.get $step) (i32.const 0)) (i32.lt_s (local.get $step) (i32.const 0)))
          (i32.gt_u (i32.add (local.get $step) (i32.const 8)) (i32.const 16)))))
    (i32.store16 (local.get $p) (local.get $now))
    ;; brightness of 10 bits, drive of 8
    (i32.store16 offset=14
      (local.get $p)
      (i32.add
        (i32.shr_u (i32.mul (local.get $now) (local.get $now)) (i32.const 12))
        (i32.ne (local.get $now) (i32.const 0)))))

  (func $limit (param $x i32) (param $most i32) (result i32)
    (if (i32.gt_s (local.get $x) (local.get $most)) (then (return (local.get $most))))
    (if (i32.lt_s (local.get $x) (i32.sub (i32.const 0) (local.get $most)))
      (then (return (i32.sub (i32.const 0) (local.get $most)))))
    (local.get $x))

  ;; one bit of one light
  (func $modulate (param $p i32) (result i32)
    (local $first i32) (local $second i32) (local $bit i32) (local $back i32)
    (local.set $second (i32.load offset=8 (local.get $p)))
    (local.set $bit (i32.ge_s (local.get $second) (i32.const 0)))
    (local.set $back (i32.mul (local.get $bit) (i32.const 256)))
    (local.set $first
      (call $limit
        (i32.sub
          (i32.add (i32.load offset=4 (local.get $p)) (i32.load16_s offset=14 (local.get $p)))
          (local.get $back))
        (i32.const 1024)))
    (i32.store offset=4 (local.get $p) (local.get $first))
    (i32.store offset=8
      (local.get $p)
      (call $limit
        (i32.add
          (local.get $second)
          (i32.sub (local.get $first) (i32.shr_s (i32.sub (local.get $back) (i32.const 128)) (i32.const 1))))
        (i32.const 2048)))
    (if (local.get $bit)
      (then (i32.store8 offset=12 (local.get $p) (i32.const 0)))
      (else
        (i32.store8 offset=12
          (local.get $p)
          (i32.add (i32.load8_u offset=12 (local.get $p)) (i32.const 1)))
        (if (i32.gt_u (i32.load8_u offset=12 (local.get $p)) (i32.load8_u offset=13 (local.get $p)))
          (then (i32.store8 offset=13 (local.get $p) (i32.load8_u offset=12 (local.get $p)))))))
    (local.get $bit))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $p i32) (local $t i32) (local $light i32) (local $byte i32)
    (local.set $s (i32.const 262144))
    (memory.fill (i32.const 1024) (i32.const 0) (i32.const 128))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        ;; two lights get a new goal
        (local.set $t (i32.const 2))
        (loop $goals
          (local.set $s
            (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (i32.store16 offset=1026
            (i32.shl (i32.shr_u (local.get $s) (i32.const 29)) (i32.const 4))
            (i32.and (i32.shr_u (local.get $s) (i32.const 10)) (i32.const 1023)))
          (br_if $goals (local.tee $t (i32.sub (local.get $t) (i32.const 1)))))
        (loop $ticks
          (if (i32.eqz (i32.and (local.get $t) (i32.const 15)))
            (then
              (local.set $p (i32.const 1024))
              (loop $lights
                (call $glide (local.get $p))
                (br_if $lights
                  (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (i32.const 1152))))))
          (local.set $byte (i32.const 0))
          (local.set $light (i32.const 7))
          (loop $lights
            (local.set $byte
              (i32.or
                (i32.shl (local.get $byte) (i32.const 1))
                (call $modulate
                  (i32.add (i32.const 1024) (i32.shl (local.get $light) (i32.const 4))))))
            (br_if $lights
              (i32.ge_s
                (local.tee $light (i32.sub (local.get $light) (i32.const 1)))
                (i32.const 0))))
          (i32.store8 offset=1280 (local.get $t) (local.get $byte))
          (br_if $ticks
            (i32.lt_u (local.tee $t (i32.add (local.get $t) (i32.const 1))) (i32.const 64))))
        (local.set $t (i32.const 0))
        (loop $sum
          (local.set $h
            (i32.xor
              (i32.rotl (local.get $h) (i32.const 5))
              (i32.load offset=1280 (local.get $t))))
          (br_if $sum
            (i32.lt_u (local.tee $t (i32.add (local.get $t) (i32.const 4))) (i32.const 64))))
        (local.set $p (i32.const 1024))
        (loop $lights
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add
                (i32.load16_s (local.get $p))
                (i32.shl (i32.load8_u offset=13 (local.get $p)) (i32.const 12)))))
          (br_if $lights
            (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (i32.const 1152))))
        (br $again)))
    (local.get $h)))
