;; Sets of 64 minutes as bit maps: union, runs, distances by populations, the position of the n-th bit by leading and trailing zeros.
(module
  (memory 1)
  (func $nth (param $set i64) (param $n i32) (result i32)
    (block $out
      (loop $clear
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $set (i64.and (local.get $set) (i64.sub (local.get $set) (i64.const 1))))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $clear (i64.ne (local.get $set) (i64.const 0)))))
    (if (result i32) (i64.eqz (local.get $set)) (then (i32.const 64)) (else (i32.wrap_i64 (i64.ctz (local.get $set))))))
  (func $longest (param $set i64) (result i32)
    (local $length i32)
    (block $out
      (loop $shrink
        (br_if $out (i64.eqz (local.get $set)))
        (local.set $set (i64.and (local.get $set) (i64.shl (local.get $set) (i64.const 1))))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (br $shrink)))
    (local.get $length))
  (func $nearest (param $set i64) (result i32)
    (local $p i32) (local $best i32) (local $far i64) (local $d i64)
    (local.set $far (i64.const 65))
    (loop $each
      (local.set $d (i64.popcnt (i64.xor (local.get $set) (i64.load offset=1024 (local.get $p)))))
      (if (i64.lt_u (local.get $d) (local.get $far))
        (then (local.set $far (local.get $d)) (local.set $best (local.get $p))))
      (br_if $each (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 8))) (i32.const 160))))
    (i32.add (local.get $best) (i32.wrap_i64 (local.get $far))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i64)
    (local.set $s (i64.const 0x2545f4914f6cdd1d))
    (loop $fill
      (local.set $s (i64.xor (local.get $s) (i64.shl (local.get $s) (i64.const 13))))
      (local.set $s (i64.xor (local.get $s) (i64.shr_u (local.get $s) (i64.const 7))))
      (local.set $s (i64.xor (local.get $s) (i64.shl (local.get $s) (i64.const 17))))
      (i64.store offset=1024 (local.get $i) (i64.or (local.get $s) (i64.rotl (local.get $s) (i64.const 9))))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 160))))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $s (i64.extend_i32_u (i32.add (local.get $k) (i32.const 0x1234567))))
        (local.set $i (i32.const 12))
        (loop $queries
          (local.set $s (i64.add (i64.rotr (local.get $s) (i64.const 11)) (i64.mul (local.get $s) (i64.const 0x9e3779b97f4a7c15))))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $nearest (local.get $s))))
          (local.set $h (i32.xor (local.get $h) (i32.shl (call $nth (local.get $s) (i32.and (i32.wrap_i64 (local.get $s)) (i32.const 31))) (i32.const 5))))
          (local.set $h (i32.add (local.get $h) (i32.shl (call $longest (i64.or (local.get $s) (i64.shr_u (local.get $s) (i64.const 3)))) (i32.const 12))))
          (local.set $h (i32.sub (local.get $h) (i32.wrap_i64 (i64.clz (local.get $s)))))
          (br_if $queries (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
