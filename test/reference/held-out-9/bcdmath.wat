;; Sums as a watch's calculator keeps them: sixteen decimal digits in one word of 64 bits, added all at once with the carries mended, taken away by complements of nine, multiplied digit by digit, made of a binary number by doubling with corrections; eight numbers, their sum, a product, a difference and the digits as text.
(module
  (memory 1)
  ;; digits as text at 1024
  (func $add (param $a i64) (param $b i64) (result i64)
    (local $t i64) (local $u i64)
    (local.set $t (i64.add (local.get $a) (i64.const 0x0666666666666666)))
    (local.set $u (i64.xor (local.get $t) (local.get $b)))
    (local.set $t (i64.add (local.get $t) (local.get $b)))
    ;; where no carry came into a digit, its six goes back
    (local.set $u
      (i64.and (i64.xor (i64.xor (local.get $t) (local.get $u)) (i64.const -1)) (i64.const 0x1111111111111110)))
    (i64.sub
      (local.get $t)
      (i64.or (i64.shr_u (local.get $u) (i64.const 2)) (i64.shr_u (local.get $u) (i64.const 3)))))
  (func $subtract (param $a i64) (param $b i64) (result i64)
    (i64.and
      (call $add
        (call $add (local.get $a) (i64.sub (i64.const 0x0999999999999999) (local.get $b)))
        (i64.const 1))
      (i64.const 0x0fffffffffffffff)))
  (func $decimal (param $v i32) (result i64)
    (local $r i64) (local $i i32) (local $over i64)
    (local.set $i (i32.clz (local.get $v)))
    (local.set $v (i32.shl (local.get $v) (local.get $i)))
    (block $done
      (loop $bit
        (br_if $done (i32.ge_u (local.get $i) (i32.const 32)))
        ;; three more for each digit of five and above
        (local.set $over
          (i64.and (i64.add (local.get $r) (i64.const 0x3333333333)) (i64.const 0x8888888888)))
        (local.set $over
          (i64.or (i64.shr_u (local.get $over) (i64.const 2)) (i64.shr_u (local.get $over) (i64.const 3))))
        (local.set $r
          (i64.or
            (i64.shl (i64.add (local.get $r) (local.get $over)) (i64.const 1))
            (i64.extend_i32_u (i32.shr_u (local.get $v) (i32.const 31)))))
        (local.set $v (i32.shl (local.get $v) (i32.const 1)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $bit)))
    (local.get $r))
  (func $multiply (param $a i64) (param $b i64) (result i64)
    (local $r i64) (local $digit i32) (local $twice i64)
    (block $done
      (loop $next
        (br_if $done (i64.eqz (local.get $b)))
        (local.set $digit (i32.and (i32.wrap_i64 (local.get $b)) (i32.const 15)))
        (local.set $twice (local.get $a))
        (block $added
          (loop $bit
            (br_if $added (i32.eqz (local.get $digit)))
            (if (i32.and (local.get $digit) (i32.const 1))
              (then (local.set $r (call $add (local.get $r) (local.get $twice)))))
            (local.set $twice (call $add (local.get $twice) (local.get $twice)))
            (local.set $digit (i32.shr_u (local.get $digit) (i32.const 1)))
            (br $bit)))
        (local.set $a (i64.shl (local.get $a) (i64.const 4)))
        (local.set $b (i64.shr_u (local.get $b) (i64.const 4)))
        (br $next)))
    (local.get $r))
  ;; without leading zeros, a point before the last two; returns how many
  (func $text (param $v i64) (result i32)
    (local $p i32) (local $shift i64) (local $digit i32) (local $begun i32)
    (local.set $p (i32.const 1024))
    (local.set $shift (i64.const 56))
    (loop $next
      (local.set $digit (i32.and (i32.wrap_i64 (i64.shr_u (local.get $v) (local.get $shift))) (i32.const 15)))
      (if (i64.eq (local.get $shift) (i64.const 4))
        (then
          (if (i32.eqz (local.get $begun))
            (then
              (i32.store8 (local.get $p) (i32.const 48))
              (local.set $p (i32.add (local.get $p) (i32.const 1)))
              (local.set $begun (i32.const 1))))
          (i32.store8 (local.get $p) (i32.const 46))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))))
      (if (local.tee $begun (i32.or (local.get $begun) (i32.ne (local.get $digit) (i32.const 0))))
        (then
          (i32.store8 (local.get $p) (i32.add (local.get $digit) (i32.const 48)))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))))
      (br_if $next (i64.ge_s (local.tee $shift (i64.sub (local.get $shift) (i64.const 4))) (i64.const 0))))
    (i32.sub (local.get $p) (i32.const 1024)))
  (func $hash (param $h i32) (param $v i64) (result i32)
    (local $i i32) (local $count i32)
    (local.set $count (call $text (local.get $v)))
    (loop $each
      (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load8_u offset=1024 (local.get $i))))
      (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (local.get $h))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i32) (local $total i64) (local $one i64) (local $last i64)
    (local.set $s (i32.const 314))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $i (i32.const 8))
        (loop $number
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (local.set $one
            (call $decimal (i32.shr_u (local.get $s) (i32.and (i32.shr_u (local.get $s) (i32.const 27)) (i32.const 15)))))
          (local.set $total (call $add (local.get $total) (local.get $one)))
          (if (i64.lt_u (local.get $last) (local.get $one))
            (then (local.set $h (call $hash (local.get $h) (call $subtract (local.get $one) (local.get $last)))))
            (else (local.set $h (call $hash (local.get $h) (call $subtract (local.get $last) (local.get $one))))))
          (local.set $last (local.get $one))
          (br_if $number (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (local.set $h
          (call $hash
            (local.get $h)
            (call $multiply
              (i64.and (local.get $total) (i64.const 0xfffffff))
              (call $decimal (i32.shr_u (local.get $s) (i32.const 12))))))
        (local.set $h (call $hash (local.get $h) (local.get $total)))
        ;; what was carried on stays below eight digits
        (local.set $total (i64.and (local.get $total) (i64.const 0xffffffff)))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
