;; A sequence of gestures (numbers of four kinds) found in a record of 160, overlapping places too, by Knuth, Morris and Pratt: how far to fall back is worked out for each new pattern of three to ten.
(module
  (memory 1)
  ;; pattern at 1024, falls back at 1040, record at 2048
  (func $prepare (param $length i32)
    (local $i i32) (local $j i32)
    (i32.store8 offset=1040 (i32.const 0) (i32.const 0))
    (local.set $i (i32.const 1))
    (loop $next
      (block $fell
        (loop $fall
          (br_if $fell (i32.eqz (local.get $j)))
          (br_if $fell (i32.eq (i32.load8_u offset=1024 (local.get $i)) (i32.load8_u offset=1024 (local.get $j))))
          (local.set $j (i32.load8_u offset=1039 (local.get $j)))
          (br $fall)))
      (if (i32.eq (i32.load8_u offset=1024 (local.get $i)) (i32.load8_u offset=1024 (local.get $j)))
        (then (local.set $j (i32.add (local.get $j) (i32.const 1)))))
      (i32.store8 offset=1040 (local.get $i) (local.get $j))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length)))))
  (func $find (param $length i32) (param $count i32) (result i32)
    (local $i i32) (local $j i32) (local $c i32) (local $h i32)
    (loop $next
      (local.set $c (i32.load8_u offset=2048 (local.get $i)))
      (block $matched
        (loop $fall
          (if (i32.eq (local.get $c) (i32.load8_u offset=1024 (local.get $j)))
            (then
              (local.set $j (i32.add (local.get $j) (i32.const 1)))
              (br $matched)))
          (br_if $matched (i32.eqz (local.get $j)))
          (local.set $j (i32.load8_u offset=1039 (local.get $j)))
          (br $fall)))
      (if (i32.eq (local.get $j) (local.get $length))
        (then
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.sub (local.get $i) (local.get $length))))
          (local.set $j (i32.load8_u offset=1039 (local.get $j)))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (local.get $h))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $s i32) (local $h i32) (local $length i32) (local $from i32)
    (local.set $s (i32.const 55))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $i (i32.const 0))
        (loop $fill
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          ;; zero is as frequent as the three others together
          (i32.store8 offset=2048 (local.get $i)
            (i32.and
              (i32.shr_u (local.get $s) (i32.const 28))
              (i32.shr_s (i32.shl (local.get $s) (i32.const 9)) (i32.const 31))))
          (i32.store8 offset=2048 (local.get $i) (i32.and (i32.load8_u offset=2048 (local.get $i)) (i32.const 3)))
          (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 160))))
        (local.set $length (i32.const 3))
        (loop $lengths
          (local.set $from (i32.rem_u (i32.add (i32.mul (local.get $length) (i32.const 47)) (local.get $k)) (i32.const 150)))
          (memory.copy (i32.const 1024) (i32.add (i32.const 2048) (local.get $from)) (local.get $length))
          (call $prepare (local.get $length))
          (local.set $h (i32.xor (i32.rotl (local.get $h) (i32.const 5)) (call $find (local.get $length) (i32.const 160))))
          (br_if $lengths (i32.lt_u (local.tee $length (i32.add (local.get $length) (i32.const 1))) (i32.const 11))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
