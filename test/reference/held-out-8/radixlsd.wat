;; Readings in order of their size, which came first stays first: 56 words (16 bits key, 16 bits place), four passes of four bits from one array to the other and back, a pass is left out where all have one digit; then ranks, ties and the middle.
(module
  (memory 1)
  ;; words at 1024 and 1536 (56 each), starts of digits at 2048 (16 words)
  (func $pass (param $from i32) (param $to i32) (param $shift i32) (result i32)
    (local $p i32) (local $end i32) (local $at i32) (local $sum i32) (local $count i32)
    (memory.fill (i32.const 2048) (i32.const 0) (i32.const 64))
    (local.set $end (i32.add (local.get $from) (i32.const 224)))
    (local.set $p (local.get $from))
    (loop $count
      (local.set $at
        (i32.shl (i32.and (i32.shr_u (i32.load (local.get $p)) (local.get $shift)) (i32.const 15)) (i32.const 2)))
      (i32.store offset=2048 (local.get $at) (i32.add (i32.load offset=2048 (local.get $at)) (i32.const 1)))
      (br_if $count (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 4))) (local.get $end))))
    ;; the last digit seen: does it stand for all?
    (if (i32.eq (i32.load offset=2048 (local.get $at)) (i32.const 56)) (then (return (i32.const 0))))
    (local.set $at (i32.const 0))
    (loop $start
      (local.set $count (i32.load offset=2048 (local.get $at)))
      (i32.store offset=2048 (local.get $at) (local.get $sum))
      (local.set $sum (i32.add (local.get $sum) (i32.shl (local.get $count) (i32.const 2))))
      (br_if $start (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 64))))
    (local.set $p (local.get $from))
    (loop $place
      (local.set $at
        (i32.shl (i32.and (i32.shr_u (i32.load (local.get $p)) (local.get $shift)) (i32.const 15)) (i32.const 2)))
      (local.set $sum (i32.load offset=2048 (local.get $at)))
      (i32.store (i32.add (local.get $to) (local.get $sum)) (i32.load (local.get $p)))
      (i32.store offset=2048 (local.get $at) (i32.add (local.get $sum) (i32.const 4)))
      (br_if $place (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 4))) (local.get $end))))
    (i32.const 1))
  (func $sort (result i32)
    (local $from i32) (local $to i32) (local $shift i32) (local $t i32)
    (local.set $from (i32.const 1024))
    (local.set $to (i32.const 1536))
    (local.set $shift (i32.const 16))
    (loop $digit
      (if (call $pass (local.get $from) (local.get $to) (local.get $shift))
        (then
          (local.set $t (local.get $from))
          (local.set $from (local.get $to))
          (local.set $to (local.get $t))))
      (br_if $digit (i32.lt_u (local.tee $shift (i32.add (local.get $shift) (i32.const 4))) (i32.const 32))))
    (local.get $from))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i32) (local $p i32) (local $ties i32) (local $mask i32)
    (local.set $s (i32.const 77))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        ;; every third time small readings, of eight bits
        (local.set $mask
          (select (i32.const 0xff0000) (i32.const 0xffff0000) (i32.eq (i32.rem_u (local.get $k) (i32.const 3)) (i32.const 1))))
        (local.set $i (i32.const 0))
        (loop $fill
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (i32.store offset=1024
            (i32.shl (local.get $i) (i32.const 2))
            (i32.or (i32.and (local.get $s) (local.get $mask)) (local.get $i)))
          (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 56))))
        (local.set $p (call $sort))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load offset=112 (local.get $p))))
        (local.set $i (i32.const 1))
        (local.set $ties (i32.const 0))
        (loop $each
          (local.set $p (i32.add (local.get $p) (i32.const 4)))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.xor (i32.load16_u (local.get $p)) (i32.shl (i32.load16_u offset=2 (local.get $p)) (i32.const 6)))))
          (local.set $ties
            (i32.add
              (local.get $ties)
              (i32.eq (i32.load16_u offset=2 (local.get $p)) (i32.load16_u (i32.sub (local.get $p) (i32.const 2))))))
          (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 56))))
        (local.set $h (i32.xor (local.get $h) (i32.shl (local.get $ties) (i32.const 24))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
