;; Merge sort from the bottom up, int32 keys, between two buffers that change places; whether a pair is in order decides by select.
(module
  (memory 1)
  (func $merge (param $from i32) (param $middle i32) (param $end i32) (param $to i32)
    (local $a i32) (local $b i32) (local $x i32) (local $y i32) (local $less i32)
    (local.set $a (local.get $from))
    (local.set $b (local.get $middle))
    (block $rest
      (loop $next
        (br_if $rest (i32.or (i32.ge_u (local.get $a) (local.get $middle)) (i32.ge_u (local.get $b) (local.get $end))))
        (local.set $x (i32.load (local.get $a)))
        (local.set $y (i32.load (local.get $b)))
        (local.set $less (i32.le_s (local.get $x) (local.get $y)))
        (i32.store (local.get $to) (select (local.get $x) (local.get $y) (local.get $less)))
        (local.set $a (i32.add (local.get $a) (i32.shl (local.get $less) (i32.const 2))))
        (local.set $b (i32.add (local.get $b) (i32.shl (i32.eqz (local.get $less)) (i32.const 2))))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $next)))
    (block $second
      (loop $left
        (br_if $second (i32.ge_u (local.get $a) (local.get $middle)))
        (i32.store (local.get $to) (i32.load (local.get $a)))
        (local.set $a (i32.add (local.get $a) (i32.const 4)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $left)))
    (block $out
      (loop $right
        (br_if $out (i32.ge_u (local.get $b) (local.get $end)))
        (i32.store (local.get $to) (i32.load (local.get $b)))
        (local.set $b (i32.add (local.get $b) (i32.const 4)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $right))))
  (func $min (param $a i32) (param $b i32) (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b))))
  (func $sort (param $src i32) (param $dst i32) (param $bytes i32) (result i32)
    (local $width i32) (local $i i32) (local $t i32)
    (local.set $width (i32.const 4))
    (loop $widths
      (local.set $i (i32.const 0))
      (loop $pairs
        (call $merge
          (i32.add (local.get $src) (local.get $i))
          (i32.add (local.get $src) (call $min (i32.add (local.get $i) (local.get $width)) (local.get $bytes)))
          (i32.add (local.get $src) (call $min (i32.add (local.get $i) (i32.shl (local.get $width) (i32.const 1))) (local.get $bytes)))
          (i32.add (local.get $dst) (local.get $i)))
        (br_if $pairs (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (i32.shl (local.get $width) (i32.const 1))))
          (local.get $bytes))))
      (local.set $t (local.get $src))
      (local.set $src (local.get $dst))
      (local.set $dst (local.get $t))
      (br_if $widths (i32.lt_u (local.tee $width (i32.shl (local.get $width) (i32.const 1))) (local.get $bytes))))
    (local.get $src))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $s i32) (local $h i32) (local $at i32)
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $s (i32.add (local.get $k) (i32.const 4711)))
        (local.set $i (i32.const 0))
        (loop $fill
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (i32.store offset=1024 (local.get $i) (i32.shr_s (local.get $s) (i32.const 12)))
          (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 360))))
        (local.set $at (call $sort (i32.const 1024) (i32.const 2048) (i32.const 360)))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load offset=180 (local.get $at))))
        (local.set $h (i32.xor (local.get $h) (i32.load (local.get $at))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
