;; A frame out of chips (the radio of IEEE 802.15.4): sixteen words of 32 chips, made by turning one and by its opposite in every second chip; head, length, four to seven bytes and a sum of 16 bits are spread, some chips are hurt; every word is held against the sixteen (population of an exclusive or), the nearest wins, one that is near enough ends the search; the sum decides, distances say how good the link is.
(module
  (memory 1)
  ;; words at 1024, i32[16]; what is meant at 1088, u8[16]; chips at 1104, i32[32]; what is read at 1232, u8[16]
  (global $seed (mut i32) (i32.const 0))
  (global $far (mut i32) (i32.const 0))

  (func $next (result i32)
    (global.set $seed
      (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_u (global.get $seed) (i32.const 16)))

  (func $words
    (local $i i32) (local $w i32)
    (local.set $w (i32.const 0xd9c3522e))
    (loop $each
      (i32.store offset=1024 (i32.shl (local.get $i) (i32.const 2)) (local.get $w))
      (i32.store offset=1056
        (i32.shl (local.get $i) (i32.const 2))
        (i32.xor (local.get $w) (i32.const 0x55555555)))
      (local.set $w (i32.rotr (local.get $w) (i32.const 4)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $each (i32.lt_u (local.get $i) (i32.const 8)))))

  ;; the sum of ITU-T, lowest bit first
  (func $sum (param $p i32) (param $end i32) (result i32)
    (local $crc i32) (local $bit i32)
    (block $done
      (loop $bytes
        (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
        (local.set $crc (i32.xor (local.get $crc) (i32.load8_u (local.get $p))))
        (local.set $bit (i32.const 8))
        (loop $bits
          (local.set $crc
            (i32.xor
              (i32.shr_u (local.get $crc) (i32.const 1))
              (i32.and
                (i32.const 0x8408)
                (i32.sub (i32.const 0) (i32.and (local.get $crc) (i32.const 1))))))
          (br_if $bits (local.tee $bit (i32.sub (local.get $bit) (i32.const 1)))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $bytes)))
    (local.get $crc))

  (func $nearest (param $chips i32) (result i32)
    (local $i i32) (local $best i32) (local $least i32) (local $apart i32)
    (local.set $least (i32.const 33))
    (block $enough
      (loop $each
        (local.set $apart
          (i32.popcnt
            (i32.xor
              (local.get $chips)
              (i32.load offset=1024 (i32.shl (local.get $i) (i32.const 2))))))
        (if (i32.lt_u (local.get $apart) (local.get $least))
          (then
            (local.set $least (local.get $apart))
            (local.set $best (local.get $i))
            ;; words are at least twelve apart
            (br_if $enough (i32.lt_u (local.get $apart) (i32.const 6)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $each (i32.lt_u (local.get $i) (i32.const 16)))))
    (global.set $far (i32.add (global.get $far) (local.get $least)))
    (local.get $best))

  (func $send (param $hurt i32)
    (local $i i32) (local $chips i32) (local $v i32)
    (local.set $i (i32.const 0))
    (loop $symbols
      (local.set $v
        (i32.and
          (i32.shr_u
            (i32.load8_u offset=1088 (i32.shr_u (local.get $i) (i32.const 1)))
            (i32.shl (i32.and (local.get $i) (i32.const 1)) (i32.const 2)))
          (i32.const 15)))
      (local.set $chips (i32.load offset=1024 (i32.shl (local.get $v) (i32.const 2))))
      (local.set $v (local.get $hurt))
      (block $whole
        (loop $wound
          (br_if $whole (i32.eqz (local.get $v)))
          (local.set $v (i32.sub (local.get $v) (i32.const 1)))
          (local.set $chips
            (i32.xor
              (local.get $chips)
              (i32.shl (i32.const 1) (i32.and (call $next) (i32.const 31)))))
          (br $wound)))
      (i32.store offset=1104 (i32.shl (local.get $i) (i32.const 2)) (local.get $chips))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $symbols (i32.lt_u (local.get $i) (i32.const 26)))))

  ;; the length of a frame that is whole, 0 or less for one that is not
  (func $receive (result i32)
    (local $i i32) (local $end i32) (local $v i32) (local $last i32)
    (global.set $far (i32.const 0))
    ;; to the two symbols that end the head
    (block $found
      (loop $seek
        (local.set $last (local.get $v))
        (local.set $v (call $nearest (i32.load offset=1104 (i32.shl (local.get $i) (i32.const 2)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $found
          (i32.and
            (i32.eq (local.get $last) (i32.const 7))
            (i32.eq (local.get $v) (i32.const 10))))
        (br_if $seek (i32.lt_u (local.get $i) (i32.const 8))))
      (return (i32.const -1)))
    (local.set $v (call $nearest (i32.load offset=1104 (i32.shl (local.get $i) (i32.const 2)))))
    (local.set $v
      (i32.or
        (local.get $v)
        (i32.shl
          (call $nearest (i32.load offset=1108 (i32.shl (local.get $i) (i32.const 2))))
          (i32.const 4))))
    (local.set $i (i32.add (local.get $i) (i32.const 2)))
    (if (i32.gt_u (i32.sub (local.get $v) (i32.const 3)) (i32.const 7))
      (then (return (i32.const -2))))
    (local.set $end (i32.add (i32.const 1232) (local.get $v)))
    (local.set $last (i32.const 1232))
    (loop $bytes
      (i32.store8
        (local.get $last)
        (i32.or
          (call $nearest (i32.load offset=1104 (i32.shl (local.get $i) (i32.const 2))))
          (i32.shl
            (call $nearest (i32.load offset=1108 (i32.shl (local.get $i) (i32.const 2))))
            (i32.const 4))))
      (local.set $i (i32.add (local.get $i) (i32.const 2)))
      (local.set $last (i32.add (local.get $last) (i32.const 1)))
      (br_if $bytes (i32.lt_u (local.get $last) (local.get $end))))
    ;; a sum over contents and their own sum is nothing
    (if (call $sum (i32.const 1232) (local.get $end))
      (then (return (i32.const 0))))
    (local.get $v))

  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $i i32) (local $length i32)
    (global.set $seed (i32.const 154))
    (call $words)
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        ;; head of four symbols, mark, length; contents and their sum
        (i32.store offset=1088 (i32.const 0) (i32.const 0x00a70000))
        (local.set $length (i32.add (i32.const 4) (i32.and (call $next) (i32.const 3))))
        (i32.store8 offset=1091 (i32.const 0) (i32.add (local.get $length) (i32.const 2)))
        (local.set $i (i32.const 0))
        (loop $contents
          (i32.store8 offset=1092 (local.get $i) (call $next))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $contents (i32.lt_u (local.get $i) (local.get $length))))
        (i32.store16 offset=1092
          (local.get $length)
          (call $sum (i32.const 1092) (i32.add (i32.const 1092) (local.get $length))))
        (call $send (i32.and (call $next) (i32.const 7)))
        (local.set $i (call $receive))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.add (i32.shl (local.get $i) (i32.const 12)) (global.get $far))))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.load offset=1232 (i32.const 0))))
        (br $again)))
    (local.get $h)))
