;; A tag of the older kind is asked for its secret (Crypto1): a register of 48 bits with a feedback over 18 of them, a filter of 20 by tables of 16 and 32 bits; the tag's nonce goes in, the reader's goes in and out, both answers are successors of the tag's, then eight bytes are read with their parities.
(module
  (memory 1)
  (global $register (mut i64) (i64.const 0))
  ;; answers at 1024: u32[4], bytes at 1040: u8[8]

  ;; every second of eight bits
  (func $gather (param $x i32) (result i32)
    (i32.or
      (i32.or
        (i32.and (local.get $x) (i32.const 1))
        (i32.and (i32.shr_u (local.get $x) (i32.const 1)) (i32.const 2)))
      (i32.or
        (i32.and (i32.shr_u (local.get $x) (i32.const 2)) (i32.const 4))
        (i32.and (i32.shr_u (local.get $x) (i32.const 3)) (i32.const 8)))))

  (func $fa (param $x i32) (result i32)
    (i32.and (i32.shr_u (i32.const 0xb48e) (call $gather (local.get $x))) (i32.const 1)))
  (func $fb (param $x i32) (result i32)
    (i32.and (i32.shr_u (i32.const 0x9e98) (call $gather (local.get $x))) (i32.const 1)))

  (func $filter (result i32)
    (local $low i32) (local $high i32)
    (local.set $low (i32.wrap_i64 (i64.shr_u (global.get $register) (i64.const 9))))
    (local.set $high (i32.wrap_i64 (i64.shr_u (global.get $register) (i64.const 33))))
    (i32.and
      (i32.shr_u
        (i32.const 0xec57e80a)
        (i32.or
          (i32.or
            (call $fa (local.get $low))
            (i32.shl (call $fb (i32.shr_u (local.get $low) (i32.const 8))) (i32.const 1)))
          (i32.or
            (i32.or
              (i32.shl (call $fb (i32.shr_u (local.get $low) (i32.const 16))) (i32.const 2))
              (i32.shl (call $fa (local.get $high)) (i32.const 3)))
            (i32.shl (call $fb (i32.shr_u (local.get $high) (i32.const 8))) (i32.const 4)))))
      (i32.const 1)))

  ;; one bit in, one bit of the stream out (before the step)
  (func $step (param $in i32) (result i32)
    (local $out i32)
    (local.set $out (call $filter))
    (global.set $register
      (i64.or
        (i64.shr_u (global.get $register) (i64.const 1))
        (i64.shl
          (i64.and
            (i64.xor
              (i64.popcnt (i64.and (global.get $register) (i64.const 0xe882b0ad621)))
              (i64.extend_i32_u (local.get $in)))
            (i64.const 1))
          (i64.const 47))))
    (local.get $out))

  (func $word (param $in i32) (result i32)
    (local $i i32) (local $out i32)
    (loop $bits
      (local.set $out
        (i32.or
          (local.get $out)
          (i32.shl
            (call $step (i32.and (i32.shr_u (local.get $in) (local.get $i)) (i32.const 1)))
            (local.get $i))))
      (br_if $bits
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 32))))
    (local.get $out))

  ;; the register of 16 bits behind the nonces, `count` steps on
  (func $successor (param $x i32) (param $count i32) (result i32)
    (loop $steps
      (local.set $x
        (i32.or
          (i32.shr_u (local.get $x) (i32.const 1))
          (i32.shl
            (i32.xor
              (i32.xor
                (i32.shr_u (local.get $x) (i32.const 16))
                (i32.shr_u (local.get $x) (i32.const 18)))
              (i32.xor
                (i32.shr_u (local.get $x) (i32.const 19))
                (i32.shr_u (local.get $x) (i32.const 21))))
            (i32.const 31))))
      (br_if $steps (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $x))

  (func $login (param $uid i32) (param $tag i32) (param $reader i32)
    (drop (call $word (i32.xor (local.get $uid) (local.get $tag))))
    (i32.store (i32.const 1024) (i32.xor (local.get $reader) (call $word (local.get $reader))))
    (local.set $tag (call $successor (local.get $tag) (i32.const 64)))
    (i32.store (i32.const 1028) (i32.xor (local.get $tag) (call $word (i32.const 0))))
    (i32.store
      (i32.const 1032)
      (i32.xor (call $successor (local.get $tag) (i32.const 32)) (call $word (i32.const 0)))))

  ;; eight bytes sealed in place; their parities, sealed with the next bit of the stream, which stays
  (func $read (result i32)
    (local $at i32) (local $bit i32) (local $byte i32) (local $stream i32) (local $parities i32)
    (loop $bytes
      (local.set $byte (i32.load8_u offset=1040 (local.get $at)))
      (local.set $stream (i32.const 0))
      (local.set $bit (i32.const 0))
      (loop $bits
        (local.set $stream
          (i32.or (local.get $stream) (i32.shl (call $step (i32.const 0)) (local.get $bit))))
        (br_if $bits
          (i32.ne (local.tee $bit (i32.add (local.get $bit) (i32.const 1))) (i32.const 8))))
      (local.set $parities
        (i32.or
          (i32.shl (local.get $parities) (i32.const 1))
          (i32.xor
            (i32.and
              (i32.xor (i32.popcnt (local.get $byte)) (i32.const 1))
              (i32.const 1))
            (call $filter))))
      (i32.store8 offset=1040 (local.get $at) (i32.xor (local.get $byte) (local.get $stream)))
      (br_if $bytes
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 8))))
    (local.get $parities))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $tag i32) (local $key i64)
    (local.set $s (i32.const 2008))
    (local.set $key (i64.const 0xa0a1a2a3a4a5))
    (i64.store (i32.const 1040) (i64.const 0x0706050403020100))
    (block $end
      (loop $iterations
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (global.set $register (local.get $key))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $tag (call $successor (i32.or (i32.shr_u (local.get $s) (i32.const 16)) (i32.const 1)) (i32.const 16)))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (call $login (i32.const 0x2a234f80) (local.get $tag) (local.get $s))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $read)))
        (local.set $i (i32.const 0))
        (loop $sum
          (local.set $h
            (i32.xor
              (i32.rotl (local.get $h) (i32.const 7))
              (i32.load offset=1024 (local.get $i))))
          (br_if $sum
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 24))))
        ;; a key from what was read
        (local.set $key
          (i64.and (i64.xor (i64.load (i32.const 1040)) (i64.const 0x5a17c0de)) (i64.const 0xffffffffffff)))
        (br $iterations)))
    (local.get $h)))
