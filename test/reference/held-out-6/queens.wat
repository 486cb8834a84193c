;; Solutions of the queens' problem on a board of six with two squares that may not be used: by recursion over rows with three masks, the lowest free square first; the first solution is kept as digits.
(module
  (memory 1)
  (global $nodes (mut i32) (i32.const 0))
  (global $first (mut i32) (i32.const 0))
  (func $place (param $row i32) (param $columns i32) (param $left i32) (param $right i32) (param $path i32) (result i32)
    (local $free i32) (local $bit i32) (local $count i32)
    (global.set $nodes (i32.add (global.get $nodes) (i32.const 1)))
    (if (i32.eq (local.get $row) (i32.const 6))
      (then
        (if (i32.eqz (global.get $first)) (then (global.set $first (local.get $path))))
        (return (i32.const 1))))
    (local.set $free
      (i32.and
        (i32.and (i32.load8_u offset=1024 (local.get $row)) (i32.const 63))
        (i32.xor (i32.or (local.get $columns) (i32.or (local.get $left) (local.get $right))) (i32.const -1))))
    (block $full
      (loop $next
        (br_if $full (i32.eqz (local.get $free)))
        (local.set $bit (i32.and (local.get $free) (i32.sub (i32.const 0) (local.get $free))))
        (local.set $free (i32.xor (local.get $free) (local.get $bit)))
        (local.set $count
          (i32.add
            (local.get $count)
            (call $place
              (i32.add (local.get $row) (i32.const 1))
              (i32.or (local.get $columns) (local.get $bit))
              (i32.shl (i32.or (local.get $left) (local.get $bit)) (i32.const 1))
              (i32.shr_u (i32.or (local.get $right) (local.get $bit)) (i32.const 1))
              (i32.or (i32.shl (local.get $path) (i32.const 3)) (i32.ctz (local.get $bit))))))
        (br $next)))
    (local.get $count))
  (func $forbid (param $square i32)
    (local $row i32)
    (local.set $row (i32.rem_u (i32.div_u (local.get $square) (i32.const 6)) (i32.const 6)))
    (i32.store8 offset=1024 (local.get $row)
      (i32.and
        (i32.load8_u offset=1024 (local.get $row))
        (i32.xor (i32.shl (i32.const 1) (i32.rem_u (local.get $square) (i32.const 6))) (i32.const -1)))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $h i32)
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (i64.store offset=1024 (i32.const 0) (i64.const -1))
        (call $forbid (i32.mul (local.get $k) (i32.const 7)))
        (call $forbid (i32.add (i32.mul (local.get $k) (i32.const 11)) (i32.const 4)))
        (global.set $first (i32.const 0))
        (global.set $nodes (i32.const 0))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31))
          (call $place (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
        (local.set $h (i32.xor (i32.add (local.get $h) (global.get $first)) (i32.shl (global.get $nodes) (i32.const 18))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
