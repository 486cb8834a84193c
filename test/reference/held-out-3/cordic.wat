;; Angle and length of a vector by CORDIC, fourteen steps, the angles in a data segment; a sweep of vectors.
(module
  (memory 1)
  (data (i32.const 64)
    "\00\20\e4\12\fb\09\11\05\8b\02\46\01\a3\00\51\00\29\00\14\00\0a\00\05\00\03\00\01\00")
  (global $length (mut i32) (i32.const 0))
  (func $atan2 (param $y i32) (param $x i32) (result i32)
    (local $angle i32) (local $i i32) (local $t i32) (local $step i32)
    (if (i32.lt_s (local.get $x) (i32.const 0))
      (then
        (local.set $angle (i32.const 0x8000))
        (local.set $x (i32.sub (i32.const 0) (local.get $x)))
        (local.set $y (i32.sub (i32.const 0) (local.get $y)))))
    (loop $steps
      (local.set $step (i32.load16_u offset=64 (i32.shl (local.get $i) (i32.const 1))))
      (local.set $t (local.get $x))
      (if (i32.gt_s (local.get $y) (i32.const 0))
        (then
          (local.set $x (i32.add (local.get $x) (i32.shr_s (local.get $y) (local.get $i))))
          (local.set $y (i32.sub (local.get $y) (i32.shr_s (local.get $t) (local.get $i))))
          (local.set $angle (i32.add (local.get $angle) (local.get $step))))
        (else
          (local.set $x (i32.sub (local.get $x) (i32.shr_s (local.get $y) (local.get $i))))
          (local.set $y (i32.add (local.get $y) (i32.shr_s (local.get $t) (local.get $i))))
          (local.set $angle (i32.sub (local.get $angle) (local.get $step)))))
      (br_if $steps (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 14))))
    (global.set $length (i32.shr_s (i32.mul (i32.shr_s (local.get $x) (i32.const 4)) (i32.const 39797)) (i32.const 12)))
    (i32.and (local.get $angle) (i32.const 0xffff)))
  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $i i32)
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 40))
        (loop $vectors
          (local.set $h
            (i32.add
              (i32.rotl (local.get $h) (i32.const 5))
              (call $atan2
                (i32.sub (i32.mul (local.get $i) (i32.const 517)) (i32.const 9000))
                (i32.sub (i32.const 12000) (i32.mul (local.get $i) (i32.add (local.get $n) (i32.const 601)))))))
          (local.set $h (i32.xor (local.get $h) (global.get $length)))
          (br_if $vectors (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (br $again)))
    (local.get $h)))
