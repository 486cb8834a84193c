;; y = W x in Q15 with rows of 19 to 22: br_table enters what four does not divide, then four columns a turn, two rows a call, saturated to int16.
(module
  (memory 1)
  (func $pair (param $w i32) (param $x i32) (param $count i32) (param $out i32)
    (local $v i32) (local $a i32) (local $b i32) (local $rest i32)
    (local.set $v (i32.add (local.get $w) (i32.shl (local.get $count) (i32.const 1))))
    (local.set $rest (i32.and (local.get $count) (i32.const 3)))
    (block $zero
      (block $one
        (block $two
          (block $three
            (br_table $zero $one $two $three (local.get $rest)))
          (local.set $a (i32.mul (i32.load16_s offset=4 (local.get $w)) (i32.load16_s offset=4 (local.get $x))))
          (local.set $b (i32.mul (i32.load16_s offset=4 (local.get $v)) (i32.load16_s offset=4 (local.get $x)))))
        (local.set $a (i32.add (local.get $a) (i32.mul (i32.load16_s offset=2 (local.get $w)) (i32.load16_s offset=2 (local.get $x)))))
        (local.set $b (i32.add (local.get $b) (i32.mul (i32.load16_s offset=2 (local.get $v)) (i32.load16_s offset=2 (local.get $x))))))
      (local.set $a (i32.add (local.get $a) (i32.mul (i32.load16_s (local.get $w)) (i32.load16_s (local.get $x)))))
      (local.set $b (i32.add (local.get $b) (i32.mul (i32.load16_s (local.get $v)) (i32.load16_s (local.get $x))))))
    (local.set $rest (i32.shl (local.get $rest) (i32.const 1)))
    (local.set $w (i32.add (local.get $w) (local.get $rest)))
    (local.set $v (i32.add (local.get $v) (local.get $rest)))
    (local.set $x (i32.add (local.get $x) (local.get $rest)))
    (local.set $count (i32.shr_u (local.get $count) (i32.const 2)))
    (block $done
      (loop $fours
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $a (i32.add (local.get $a) (i32.add
          (i32.add
            (i32.mul (i32.load16_s (local.get $w)) (i32.load16_s (local.get $x)))
            (i32.mul (i32.load16_s offset=2 (local.get $w)) (i32.load16_s offset=2 (local.get $x))))
          (i32.add
            (i32.mul (i32.load16_s offset=4 (local.get $w)) (i32.load16_s offset=4 (local.get $x)))
            (i32.mul (i32.load16_s offset=6 (local.get $w)) (i32.load16_s offset=6 (local.get $x)))))))
        (local.set $b (i32.add (local.get $b) (i32.add
          (i32.add
            (i32.mul (i32.load16_s (local.get $v)) (i32.load16_s (local.get $x)))
            (i32.mul (i32.load16_s offset=2 (local.get $v)) (i32.load16_s offset=2 (local.get $x))))
          (i32.add
            (i32.mul (i32.load16_s offset=4 (local.get $v)) (i32.load16_s offset=4 (local.get $x)))
            (i32.mul (i32.load16_s offset=6 (local.get $v)) (i32.load16_s offset=6 (local.get $x)))))))
        (local.set $w (i32.add (local.get $w) (i32.const 8)))
        (local.set $v (i32.add (local.get $v) (i32.const 8)))
        (local.set $x (i32.add (local.get $x) (i32.const 8)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $fours)))
    (i32.store16 (local.get $out) (call $clip (local.get $a)))
    (i32.store16 offset=2 (local.get $out) (call $clip (local.get $b))))
  (func $clip (param $v i32) (result i32)
    (local.set $v (i32.shr_s (i32.add (local.get $v) (i32.const 0x2000)) (i32.const 14)))
    (if (result i32) (i32.eq (i32.extend16_s (local.get $v)) (local.get $v))
      (then (local.get $v))
      (else (i32.xor (i32.shr_s (local.get $v) (i32.const 31)) (i32.const 0x7fff)))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $s i32) (local $h i32) (local $columns i32)
    (local.set $s (i32.const 1))
    (loop $fill
      (local.set $s (i32.xor (local.get $s) (i32.shl (local.get $s) (i32.const 13))))
      (local.set $s (i32.xor (local.get $s) (i32.shr_u (local.get $s) (i32.const 17))))
      (local.set $s (i32.xor (local.get $s) (i32.shl (local.get $s) (i32.const 5))))
      (i32.store16 offset=4096 (local.get $i) (i32.shr_s (local.get $s) (i32.const 18)))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 1400))))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (i32.store16 offset=5400 (i32.and (local.get $k) (i32.const 30)) (i32.mul (local.get $k) (i32.const 517)))
        (local.set $columns (i32.const 19))
        (loop $widths
          (local.set $i (i32.const 0))
          (loop $rows
            (call $pair
              (i32.add (i32.const 4096) (i32.mul (local.get $i) (i32.shl (local.get $columns) (i32.const 1))))
              (i32.const 5400)
              (local.get $columns)
              (i32.add (i32.const 1024) (i32.shl (local.get $i) (i32.const 1))))
            (local.set $h (i32.add (i32.rotl (local.get $h) (i32.const 5)) (i32.load offset=1024 (i32.shl (local.get $i) (i32.const 1)))))
            (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 12))))
          (br_if $widths (i32.le_u (local.tee $columns (i32.add (local.get $columns) (i32.const 1))) (i32.const 22))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
