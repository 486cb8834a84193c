;; A log of text between zeros: lengths found eight bytes at a time (a zero byte by subtraction and masks), a word searched by its first letter, letters made large, lines moved.
(module
  (memory 1)
  (data (i32.const 256) "wrist up\00step\00alarm off\00heart rate above limit for two minutes\00")
  (data (i32.const 319) "sync\00band removed from wrist\00low battery, eleven percent left\00rate\00step goal reached on wrist\00\00")
  (data (i32.const 128) "wrist\00\00\00rate\00\00\00\00limit")
  (func $length (param $p i32) (result i32)
    (local $from i32) (local $v i64) (local $z i64)
    (local.set $from (local.get $p))
    (block $found
      (loop $words
        (local.set $v (i64.load (local.get $p)))
        (local.set $z (i64.and
          (i64.and (i64.sub (local.get $v) (i64.const 0x0101010101010101)) (i64.xor (local.get $v) (i64.const -1)))
          (i64.const 0x8080808080808080)))
        (br_if $found (i32.eqz (i64.eqz (local.get $z))))
        (local.set $p (i32.add (local.get $p) (i32.const 8)))
        (br $words)))
    (i32.sub (i32.add (local.get $p) (i32.wrap_i64 (i64.shr_u (i64.ctz (local.get $z)) (i64.const 3)))) (local.get $from)))
  (func $find (param $p i32) (param $count i32) (param $word i32) (param $size i32) (result i32)
    (local $end i32) (local $i i32) (local $first i32) (local $at i32)
    (if (i32.lt_s (local.get $count) (local.get $size)) (then (return (i32.const -1))))
    (local.set $first (i32.load8_u (local.get $word)))
    (local.set $end (i32.sub (local.get $count) (local.get $size)))
    (loop $next
      (block $no
        (br_if $no (i32.ne (i32.load8_u (i32.add (local.get $p) (local.get $at))) (local.get $first)))
        (local.set $i (i32.const 1))
        (loop $letters
          (if (i32.eq (local.get $i) (local.get $size)) (then (return (local.get $at))))
          (br_if $no (i32.ne
            (i32.load8_u (i32.add (i32.add (local.get $p) (local.get $at)) (local.get $i)))
            (i32.load8_u (i32.add (local.get $word) (local.get $i)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $letters)))
      (br_if $next (i32.le_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const -1))
  (func $large (param $p i32) (param $count i32)
    (local $v i32) (local $m i32)
    (loop $words
      (local.set $v (i32.load (local.get $p)))
      (local.set $m (i32.and
        (i32.and
          (i32.add (i32.and (local.get $v) (i32.const 0x7f7f7f7f)) (i32.const 0x1f1f1f1f))
          (i32.xor (i32.add (i32.and (local.get $v) (i32.const 0x7f7f7f7f)) (i32.const 0x05050505)) (i32.const -1)))
        (i32.const 0x80808080)))
      (i32.store (local.get $p) (i32.sub (local.get $v) (i32.shr_u (local.get $m) (i32.const 2))))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if $words (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 4))) (i32.const 0)))))
  (func $word (param $which i32) (result i32)
    (block $limit
      (block $rate
        (block $wrist
          (br_table $wrist $rate $limit (local.get $which)))
        (return (i32.const 5)))
      (return (i32.const 4)))
    (i32.const 5))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $p i32) (local $q i32) (local $h i32) (local $count i32) (local $which i32) (local $at i32)
    (block $end
      (loop $again
        (br_if $end (i32.ge_u (local.get $k) (local.get $n)))
        (local.set $p (i32.const 256))
        (local.set $q (i32.const 1024))
        (local.set $which (i32.rem_u (local.get $k) (i32.const 3)))
        (block $last
          (loop $lines
            (br_if $last (i32.eqz (local.tee $count (call $length (local.get $p)))))
            (local.set $at (call $find (local.get $p) (local.get $count)
              (i32.add (i32.const 128) (i32.shl (local.get $which) (i32.const 3))) (call $word (local.get $which))))
            (memory.copy (local.get $q) (local.get $p) (i32.add (local.get $count) (i32.const 1)))
            (if (i32.ge_s (local.get $at) (i32.const 0)) (then (call $large (local.get $q) (local.get $count))))
            (local.set $h (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add (i32.mul (local.get $at) (i32.const 64)) (i32.add (local.get $count) (i32.load8_u (local.get $q))))))
            (local.set $q (i32.add (local.get $q) (i32.add (local.get $count) (i32.const 1))))
            (local.set $p (i32.add (local.get $p) (i32.add (local.get $count) (i32.const 1))))
            (br $lines)))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
