;; Batcher's merge of odd and even places: 32 half-words sorted by comparisons whose order does not depend on them, low and high by select; then the trimmed sum of the middle 16 and the count of equal neighbours.
(module
  (memory 1)
  (func $exchange (param $p i32) (param $q i32)
    (local $a i32) (local $b i32) (local $less i32)
    (local.set $a (i32.load16_s offset=1024 (local.get $p)))
    (local.set $b (i32.load16_s offset=1024 (local.get $q)))
    (local.set $less (i32.lt_s (local.get $b) (local.get $a)))
    (i32.store16 offset=1024 (local.get $p) (select (local.get $b) (local.get $a) (local.get $less)))
    (i32.store16 offset=1024 (local.get $q) (select (local.get $a) (local.get $b) (local.get $less))))
  (func $sort (param $count i32)
    (local $p i32) (local $q i32) (local $r i32) (local $d i32) (local $i i32)
    (local.set $p (i32.shr_u (local.get $count) (i32.const 1)))
    (loop $width
      (local.set $q (i32.shr_u (local.get $count) (i32.const 1)))
      (local.set $r (i32.const 0))
      (local.set $d (local.get $p))
      (block $merged
        (loop $merge
          (local.set $i (i32.const 0))
          (loop $each
            (if (i32.eq (i32.and (local.get $i) (local.get $p)) (local.get $r))
              (then
                (call $exchange
                  (i32.shl (local.get $i) (i32.const 1))
                  (i32.shl (i32.add (local.get $i) (local.get $d)) (i32.const 1)))))
            (br_if $each
              (i32.lt_u
                (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                (i32.sub (local.get $count) (local.get $d)))))
          (br_if $merged (i32.eq (local.get $q) (local.get $p)))
          (local.set $d (i32.sub (local.get $q) (local.get $p)))
          (local.set $q (i32.shr_u (local.get $q) (i32.const 1)))
          (local.set $r (local.get $p))
          (br $merge)))
      (br_if $width (local.tee $p (i32.shr_u (local.get $p) (i32.const 1))))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $s i32) (local $h i32) (local $sum i32) (local $equal i32)
    (local.set $s (i32.const 2020))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $i (i32.const 0))
        (loop $fill
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 214013)) (i32.const 2531011)))
          (i32.store16 offset=1024 (local.get $i)
            (i32.shr_s (local.get $s) (i32.add (i32.const 16) (i32.and (local.get $k) (i32.const 7)))))
          (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 64))))
        (call $sort (i32.const 32))
        (local.set $sum (i32.const 0))
        (local.set $equal (i32.const 0))
        (local.set $i (i32.const 0))
        (loop $judge
          (if (i32.lt_u (i32.sub (local.get $i) (i32.const 16)) (i32.const 32))
            (then (local.set $sum (i32.add (local.get $sum) (i32.load16_s offset=1024 (local.get $i))))))
          (local.set $equal
            (i32.add
              (local.get $equal)
              (i32.eq (i32.load16_u offset=1024 (local.get $i)) (i32.load16_u offset=1026 (local.get $i)))))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load16_s offset=1024 (local.get $i))))
          (br_if $judge (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 62))))
        (local.set $h (i32.xor (i32.add (local.get $h) (local.get $sum)) (i32.shl (local.get $equal) (i32.const 26))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
