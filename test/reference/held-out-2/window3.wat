;; A window that slides by words, values kept on the operand stack; sums of absolute differences, nested breaks.
(module
  (memory (export "memory") 1)
  (func $fill
    (local $i i32) (local $s i32)
    (local.set $s (i32.const 987654))
    (loop $next
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store16 offset=1024 (local.get $i) (i32.shr_u (local.get $s) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 2048)))))
  (func $sad (param $p i32) (param $limit i32) (result i32)
    (local $j i32) (local $d i32) (local $sum i32)
    (block $out (result i32)
      (loop $pairs
        (local.set $d (i32.sub (i32.load16_s offset=1024 (i32.add (local.get $p) (local.get $j)))
                               (i32.load16_s offset=2048 (local.get $j))))
        (local.set $sum (i32.add (local.get $sum)
          (select (i32.sub (i32.const 0) (local.get $d)) (local.get $d) (i32.lt_s (local.get $d) (i32.const 0)))))
        (drop (br_if $out (i32.const 0x7fffffff) (i32.gt_s (local.get $sum) (local.get $limit))))
        (br_if $pairs (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 2))) (i32.const 24))))
      (local.get $sum)))
  (func $f (param $k i32) (result i32)
    (local $p i32) (local $best i32) (local $s i32) (local $at i32)
    (local.set $best (i32.const 0x7ffffff0))
    (loop $places
      (if (i32.lt_s (local.tee $s (call $sad (local.get $p) (local.get $best))) (local.get $best))
        (then
          (local.set $best (local.get $s))
          (local.set $at (local.get $p))))
      (br_if $places (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 2))) (i32.const 120))))
    (i32.add (i32.add (local.get $best) (local.get $at)) (local.get $k)))
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
