;; Numbers for a small key exchange: from a random odd number of 31 bits to the next prime, first by the fourteen smallest odd primes, then by Miller and Rabin with four bases, products modulo the number by Montgomery's reduction (words of 64 bits); then two secrets make the same power of three from both sides.
(module
  (memory 1)
  (data (i32.const 1024) "\03\05\07\0b\0d\11\13\17\1d\1f\25\29\2b\2f")
  (data (i32.const 1040) "\02\03\05\07")
  (global $n (mut i32) (i32.const 0))
  (global $inverse (mut i32) (i32.const 0)) ;; -1 / n modulo 2^32
  (global $one (mut i32) (i32.const 0)) ;; 2^32 modulo n
  (global $square (mut i32) (i32.const 0)) ;; 2^64 modulo n

  (func $setup (param $n i32)
    (local $x i32) (local $i i32)
    (global.set $n (local.get $n))
    ;; right in the three lowest bits, twice as many each time
    (local.set $x (local.get $n))
    (local.set $i (i32.const 4))
    (loop $better
      (local.set $x
        (i32.mul
          (local.get $x)
          (i32.sub (i32.const 2) (i32.mul (local.get $n) (local.get $x)))))
      (br_if $better (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (global.set $inverse (i32.sub (i32.const 0) (local.get $x)))
    (global.set $one
      (i32.wrap_i64 (i64.rem_u (i64.const 0x100000000) (i64.extend_i32_u (local.get $n)))))
    (global.set $square
      (i32.wrap_i64
        (i64.rem_u
          (i64.mul (i64.extend_i32_u (global.get $one)) (i64.extend_i32_u (global.get $one)))
          (i64.extend_i32_u (local.get $n))))))

  (func $product (param $a i32) (param $b i32) (result i32)
    (local $wide i64) (local $r i32)
    (local.set $wide (i64.mul (i64.extend_i32_u (local.get $a)) (i64.extend_i32_u (local.get $b))))
    (local.set $r
      (i32.wrap_i64
        (i64.shr_u
          (i64.add
            (local.get $wide)
            (i64.mul
              (i64.extend_i32_u (i32.mul (i32.wrap_i64 (local.get $wide)) (global.get $inverse)))
              (i64.extend_i32_u (global.get $n))))
          (i64.const 32))))
    (if (result i32) (i32.ge_u (local.get $r) (global.get $n))
      (then (i32.sub (local.get $r) (global.get $n)))
      (else (local.get $r))))

  (func $power (param $base i32) (param $exponent i32) (result i32)
    (local $r i32)
    (local.set $r (global.get $one))
    (block $done
      (loop $bits
        (br_if $done (i32.eqz (local.get $exponent)))
        (if (i32.and (local.get $exponent) (i32.const 1))
          (then (local.set $r (call $product (local.get $r) (local.get $base)))))
        (local.set $base (call $product (local.get $base) (local.get $base)))
        (local.set $exponent (i32.shr_u (local.get $exponent) (i32.const 1)))
        (br $bits)))
    (local.get $r))

  (func $in (param $x i32) (result i32)
    (call $product (local.get $x) (global.get $square)))
  (func $out (param $x i32) (result i32)
    (call $product (local.get $x) (i32.const 1)))

  ;; may the number of $setup be prime, as far as this base knows
  (func $witness (param $base i32) (result i32)
    (local $even i32) (local $x i32) (local $minus i32)
    (local.set $even (i32.ctz (i32.sub (global.get $n) (i32.const 1))))
    (local.set $minus (i32.sub (global.get $n) (global.get $one)))
    (local.set $x
      (call $power
        (call $in (local.get $base))
        (i32.shr_u (i32.sub (global.get $n) (i32.const 1)) (local.get $even))))
    (if (i32.eq (local.get $x) (global.get $one)) (then (return (i32.const 1))))
    (loop $squares
      (if (i32.eq (local.get $x) (local.get $minus)) (then (return (i32.const 1))))
      (local.set $x (call $product (local.get $x) (local.get $x)))
      (br_if $squares (local.tee $even (i32.sub (local.get $even) (i32.const 1)))))
    (i32.const 0))

  (func $divides (param $n i32) (result i32)
    (local $i i32)
    (loop $primes
      (if (i32.eqz (i32.rem_u (local.get $n) (i32.load8_u offset=1024 (local.get $i))))
        (then (return (i32.const 1))))
      (br_if $primes
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 14))))
    (i32.const 0))

  (func $prime (param $n i32) (result i32)
    (local $i i32)
    (call $setup (local.get $n))
    (loop $bases
      (if (i32.eqz (call $witness (i32.load8_u offset=1040 (local.get $i)))) (then (return (i32.const 0))))
      (br_if $bases
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
    (i32.const 1))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $p i32) (local $asked i32) (local $tried i32)
    (local $a i32) (local $b i32) (local $mine i32) (local $yours i32)
    (local.set $s (i32.const 1980))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $p
          (i32.or
            (i32.and (i32.shr_u (i32.xor (local.get $s) (local.get $h)) (i32.const 2)) (i32.const 0x3ffffffe))
            (i32.const 0x40000001)))
        (local.set $asked (i32.const 0))
        (local.set $tried (i32.const 0))
        (block $found
          (loop $search
            (local.set $asked (i32.add (local.get $asked) (i32.const 1)))
            (if (i32.eqz (call $divides (local.get $p)))
              (then
                (local.set $tried (i32.add (local.get $tried) (i32.const 1)))
                (br_if $found (call $prime (local.get $p)))))
            (local.set $p (i32.add (local.get $p) (i32.const 2)))
            (br $search)))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $p)))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.add (i32.shl (local.get $asked) (i32.const 8)) (local.get $tried))))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $a (i32.shr_u (local.get $s) (i32.const 8)))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $b (i32.shr_u (local.get $s) (i32.const 8)))
        (local.set $mine (call $power (call $in (i32.const 3)) (local.get $a)))
        (local.set $yours (call $power (call $in (i32.const 3)) (local.get $b)))
        (local.set $h
          (i32.xor
            (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $out (local.get $mine)))
            (i32.shl (call $out (local.get $yours)) (i32.const 1))))
        (local.set $mine (call $power (local.get $mine) (local.get $b)))
        (local.set $yours (call $power (local.get $yours) (local.get $a)))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.add (call $out (local.get $mine)) (i32.ne (local.get $mine) (local.get $yours)))))
        (br $again)))
    (local.get $h)))
