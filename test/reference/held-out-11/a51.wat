;; A call from a band with its own modem: A5/1, three registers of 19, 22 and 23 bits, each steps when its middle bit goes with the majority; key and number of the frame mixed in, a hundred steps thrown away, 114 bits for each direction, a burst of bytes sealed by the first; the number of the frame goes up.
(module
  (memory 1)
  ;; burst u8[15] at 1024, stream u8[15] at 1040 and u8[15] at 1056
  (global $a (mut i32) (i32.const 0))
  (global $b (mut i32) (i32.const 0))
  (global $c (mut i32) (i32.const 0))

  (func $parity (param $x i32) (result i32)
    (i32.and (i32.popcnt (local.get $x)) (i32.const 1)))

  ;; the next value of a register: its taps' parity comes in below
  (func $step (param $r i32) (param $taps i32) (param $mask i32) (result i32)
    (i32.and
      (i32.or
        (i32.shl (local.get $r) (i32.const 1))
        (call $parity (i32.and (local.get $r) (local.get $taps))))
      (local.get $mask)))

  (func $all (param $in i32)
    (global.set $a (i32.xor (call $step (global.get $a) (i32.const 0x072000) (i32.const 0x07ffff)) (local.get $in)))
    (global.set $b (i32.xor (call $step (global.get $b) (i32.const 0x300000) (i32.const 0x3fffff)) (local.get $in)))
    (global.set $c (i32.xor (call $step (global.get $c) (i32.const 0x700080) (i32.const 0x7fffff)) (local.get $in))))

  (func $some
    (local $x i32) (local $y i32) (local $z i32) (local $majority i32)
    (local.set $x (i32.and (i32.shr_u (global.get $a) (i32.const 8)) (i32.const 1)))
    (local.set $y (i32.and (i32.shr_u (global.get $b) (i32.const 10)) (i32.const 1)))
    (local.set $z (i32.and (i32.shr_u (global.get $c) (i32.const 10)) (i32.const 1)))
    (local.set $majority
      (i32.ge_u (i32.add (local.get $x) (i32.add (local.get $y) (local.get $z))) (i32.const 2)))
    (if (i32.eq (local.get $x) (local.get $majority))
      (then (global.set $a (call $step (global.get $a) (i32.const 0x072000) (i32.const 0x07ffff)))))
    (if (i32.eq (local.get $y) (local.get $majority))
      (then (global.set $b (call $step (global.get $b) (i32.const 0x300000) (i32.const 0x3fffff)))))
    (if (i32.eq (local.get $z) (local.get $majority))
      (then (global.set $c (call $step (global.get $c) (i32.const 0x700080) (i32.const 0x7fffff))))))

  (func $setup (param $key i64) (param $frame i32)
    (local $i i32)
    (global.set $a (i32.const 0))
    (global.set $b (i32.const 0))
    (global.set $c (i32.const 0))
    (loop $bits
      (call $all (i32.wrap_i64 (i64.and (local.get $key) (i64.const 1))))
      (local.set $key (i64.shr_u (local.get $key) (i64.const 1)))
      (br_if $bits (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 64))))
    (local.set $i (i32.const 22))
    (loop $number
      (call $all (i32.and (local.get $frame) (i32.const 1)))
      (local.set $frame (i32.shr_u (local.get $frame) (i32.const 1)))
      (br_if $number (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (local.set $i (i32.const 100))
    (loop $away
      (call $some)
      (br_if $away (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))

  ;; 114 bits, the first is the highest of the first byte
  (func $stream (param $to i32)
    (local $i i32) (local $byte i32)
    (loop $next
      (call $some)
      (local.set $byte
        (i32.or
          (i32.shl (local.get $byte) (i32.const 1))
          (i32.xor
            (i32.xor (i32.shr_u (global.get $a) (i32.const 18)) (i32.shr_u (global.get $b) (i32.const 21)))
            (i32.shr_u (global.get $c) (i32.const 22)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (if (i32.eqz (i32.and (local.get $i) (i32.const 7)))
        (then
          (i32.store8 (local.get $to) (local.get $byte))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (local.set $byte (i32.const 0))))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 114))))
    (i32.store8 (local.get $to) (i32.shl (local.get $byte) (i32.const 6))))

  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i32) (local $key i64)
    (local.set $s (i32.const 1987))
    (local.set $key (i64.const 0xefcdab8967452312))
    (block $end
      (loop $frames
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (call $setup (local.get $key) (i32.add (local.get $k) (i32.const 0x134)))
        (call $stream (i32.const 1040))
        (call $stream (i32.const 1056))
        (local.set $i (i32.const 0))
        (loop $seal
          (local.set $s
            (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (i32.store8 offset=1024
            (local.get $i)
            (i32.xor
              (i32.shr_u (local.get $s) (i32.const 24))
              (i32.load8_u offset=1040 (local.get $i))))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add
                (i32.load8_u offset=1024 (local.get $i))
                (i32.shl (i32.load8_u offset=1056 (local.get $i)) (i32.const 8)))))
          (br_if $seal
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 15))))
        ;; a new key now and then, out of what came the other way
        (if (i32.eq (i32.and (local.get $k) (i32.const 3)) (i32.const 1))
          (then (local.set $key (i64.xor (local.get $key) (i64.load (i32.const 1056))))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $frames)))
    (local.get $h)))
