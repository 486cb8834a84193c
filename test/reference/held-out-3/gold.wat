;; Two shift registers with feedback make a Gold code; it is correlated with received bits at sixteen offsets.
(module
  (memory 1)
  (func $generate (param $a i32) (param $b i32) (param $to i32) (param $count i32)
    (local $bit i32) (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $count)))
    (loop $chips
      (i32.store8 (local.get $to)
        (i32.and (i32.xor (local.get $a) (local.get $b)) (i32.const 1)))
      (local.set $bit (i32.and (i32.const 1)
        (i32.xor (local.get $a) (i32.shr_u (local.get $a) (i32.const 3)))))
      (local.set $a (i32.or (i32.shr_u (local.get $a) (i32.const 1)) (i32.shl (local.get $bit) (i32.const 9))))
      (local.set $bit (i32.and (i32.popcnt (i32.and (local.get $b) (i32.const 0x3b3))) (i32.const 1)))
      (local.set $b (i32.or (i32.shr_u (local.get $b) (i32.const 1)) (i32.shl (local.get $bit) (i32.const 9))))
      (br_if $chips (i32.ne (local.tee $to (i32.add (local.get $to) (i32.const 1))) (local.get $end)))))
  (func $correlate (param $offset i32) (result i32)
    (local $i i32) (local $sum i32)
    (loop $chips
      (local.set $sum
        (i32.add (local.get $sum)
          (i32.sub (i32.const 1)
            (i32.shl
              (i32.xor
                (i32.load8_u offset=1024 (local.get $i))
                (i32.load8_u offset=2048 (i32.add (local.get $i) (local.get $offset))))
              (i32.const 1)))))
      (br_if $chips (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 127))))
    (local.get $sum))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $o i32) (local $c i32) (local $best i32) (local $at i32) (local $r i32)
    (block $end
      (br_if $end (i32.le_s (local.get $n) (i32.const 0)))
      (loop $again
        (call $generate (i32.const 0x3ff) (i32.add (i32.const 0x155) (local.get $k)) (i32.const 1024) (i32.const 127))
        (call $generate (i32.const 0x2a7) (i32.const 0x0f3) (i32.const 2048) (i32.const 150))
        (local.set $best (i32.const -1000))
        (local.set $o (i32.const 0))
        (loop $offsets
          (if (i32.gt_s (local.tee $c (call $correlate (local.get $o))) (local.get $best))
            (then
              (local.set $best (local.get $c))
              (local.set $at (local.get $o))))
          (br_if $offsets (i32.lt_u (local.tee $o (i32.add (local.get $o) (i32.const 1))) (i32.const 16))))
        (local.set $r (i32.add (i32.mul (local.get $r) (i32.const 131)) (i32.add (local.get $best) (local.get $at))))
        (br_if $again (i32.lt_s (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $n)))))
    (local.get $r)))
