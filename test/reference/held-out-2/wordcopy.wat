;; memcpy and memset by hand: 64-bit words, then the bytes that are left; a checksum of 16-bit halves.
(module
  (memory (export "memory") 1)
  (func $fill
    (local $i i32) (local $s i32)
    (local.set $s (i32.const 987654))
    (loop $next
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store offset=1024 (local.get $i) (local.get $s))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 2048)))))
  (func $copy (param $to i32) (param $from i32) (param $n i32)
    (block $tail
      (loop $words
        (br_if $tail (i32.lt_u (local.get $n) (i32.const 8)))
        (i64.store (local.get $to) (i64.load (local.get $from)))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $n (i32.sub (local.get $n) (i32.const 8)))
        (br $words)))
    (block $done
      (loop $bytes
        (br_if $done (i32.eqz (local.get $n)))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $bytes))))
  (func $sum (param $p i32) (param $n i32) (result i32)
    (local $a i32) (local $b i32)
    (local.set $a (i32.const 1))
    (loop $halves
      (local.set $a (i32.add (local.get $a) (i32.load16_u (local.get $p))))
      (local.set $b (i32.add (local.get $b) (local.get $a)))
      (local.set $p (i32.add (local.get $p) (i32.const 2)))
      (br_if $halves (local.tee $n (i32.sub (local.get $n) (i32.const 2)))))
    (i32.xor (i32.rem_u (local.get $a) (i32.const 65521)) (i32.shl (i32.rem_u (local.get $b) (i32.const 65521)) (i32.const 16))))
  (func $f (param $k i32) (result i32)
    (call $copy (i32.const 16384) (i32.add (i32.const 1024) (i32.and (local.get $k) (i32.const 63))) (i32.const 301))
    (call $copy (i32.const 16896) (i32.const 16400) (i32.const 77))
    (call $sum (i32.const 16384) (i32.const 400)))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $h i32)
    (call $fill)
    (block $done
      (loop $again
        (br_if $done (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $f (local.get $k))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
