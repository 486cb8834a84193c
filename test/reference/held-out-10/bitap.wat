;; Words in what was heard, with up to two mistakes: Wu and Manber's three maps of states in words of 64 bits, one for each number of mistakes (a sign put in, left out or another), masks of the eight signs made for each word of 10 to 17; 150 signs, where a match ends, with how many mistakes, how often.
(module
  (memory 1)
  ;; text u8[150] at 1024, word u8[17] at 1280, masks i64[8] at 1344, hits i32[3] at 1408
  (global $seed (mut i32) (i32.const 0))
  (func $next (result i32)
    (global.set $seed
      (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_u (global.get $seed) (i32.const 8)))
  (func $masks (param $length i32)
    (local $i i32) (local $p i32)
    (memory.fill (i32.const 1344) (i32.const 0) (i32.const 64))
    (loop $sign
      (local.set $p
        (i32.add
          (i32.const 1344)
          (i32.shl (i32.load8_u offset=1280 (local.get $i)) (i32.const 3))))
      (i64.store
        (local.get $p)
        (i64.or
          (i64.load (local.get $p))
          (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $i)))))
      (br_if $sign
        (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (local.get $length)))))
  (func $hit (param $mistakes i32) (param $place i32) (param $h i32) (result i32)
    (local $p i32)
    (local.set $p (i32.add (i32.const 1408) (i32.shl (local.get $mistakes) (i32.const 2))))
    (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (i32.const 1)))
    (i32.add
      (i32.mul (local.get $h) (i32.const 31))
      (i32.add (i32.mul (local.get $place) (i32.const 4)) (local.get $mistakes))))
  (func $scan (param $length i32) (param $h i32) (result i32)
    (local $i i32) (local $mask i64) (local $end i64)
    (local $none i64) (local $one i64) (local $two i64)
    (local $old0 i64) (local $old1 i64)
    (local.set $end
      (i64.shl (i64.const 1) (i64.extend_i32_u (i32.sub (local.get $length) (i32.const 1)))))
    ;; the first signs of the word may be missing
    (local.set $one (i64.const 1))
    (local.set $two (i64.const 3))
    (loop $text
      (local.set $mask
        (i64.load offset=1344 (i32.shl (i32.load8_u offset=1024 (local.get $i)) (i32.const 3))))
      (local.set $old0 (local.get $none))
      (local.set $none
        (i64.and
          (i64.or (i64.shl (local.get $none) (i64.const 1)) (i64.const 1))
          (local.get $mask)))
      (local.set $old1 (local.get $one))
      (local.set $one
        (i64.or
          (i64.or
            (i64.and
              (i64.or (i64.shl (local.get $one) (i64.const 1)) (i64.const 1))
              (local.get $mask))
            (local.get $old0))
          (i64.or
            (i64.shl (i64.or (local.get $old0) (local.get $none)) (i64.const 1))
            (i64.const 1))))
      (local.set $two
        (i64.or
          (i64.or
            (i64.and
              (i64.or (i64.shl (local.get $two) (i64.const 1)) (i64.const 1))
              (local.get $mask))
            (local.get $old1))
          (i64.or
            (i64.shl (i64.or (local.get $old1) (local.get $one)) (i64.const 1))
            (i64.const 3))))
      (block $done
        (br_if $done (i64.eqz (i64.and (local.get $two) (local.get $end))))
        (if (i64.eqz (i64.and (local.get $one) (local.get $end)))
          (then
            (local.set $h (call $hit (i32.const 2) (local.get $i) (local.get $h)))
            (br $done)))
        (local.set $h
          (call $hit
            (i64.eqz (i64.and (local.get $none) (local.get $end)))
            (local.get $i)
            (local.get $h))))
      (br_if $text
        (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (i32.const 1)))
          (i32.const 150))))
    (local.get $h))
  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $i i32) (local $word i32) (local $length i32) (local $from i32)
    (global.set $seed (i32.const 1992))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        ;; a text that repeats itself, a little different each time
        (local.set $i (i32.const 0))
        (loop $fill
          (i32.store8 offset=1024
            (local.get $i)
            (if (result i32)
              (i32.or
                (i32.lt_u (local.get $i) (i32.const 30))
                (i32.eqz (i32.rem_u (call $next) (i32.const 14))))
              (then (i32.and (i32.shr_u (call $next) (i32.const 9)) (i32.const 7)))
              (else (i32.load8_u offset=994 (local.get $i)))))
          (br_if $fill
            (i32.lt_u
              (local.tee $i (i32.add (local.get $i) (i32.const 1)))
              (i32.const 150))))
        (local.set $word (i32.const 2))
        (loop $words
          (local.set $length (i32.add (i32.const 10) (i32.and (call $next) (i32.const 7))))
          (local.set $from (i32.rem_u (call $next) (i32.const 120)))
          (memory.copy
            (i32.const 1280)
            (i32.add (i32.const 1024) (local.get $from))
            (local.get $length))
          (i32.store8 offset=1280
            (i32.rem_u (call $next) (local.get $length))
            (i32.and (call $next) (i32.const 7)))
          (call $masks (local.get $length))
          (memory.fill (i32.const 1408) (i32.const 0) (i32.const 12))
          (local.set $h (call $scan (local.get $length) (local.get $h)))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add
                (i32.load (i32.const 1408))
                (i32.add
                  (i32.mul (i32.load (i32.const 1412)) (i32.const 100))
                  (i32.mul (i32.load (i32.const 1416)) (i32.const 10000))))))
          (br_if $words
            (local.tee $word (i32.sub (local.get $word) (i32.const 1)))))
        (br $again)))
    (local.get $h)))
