;; A gate: int8 weights by int16 state, the loop counted down to zero and unrolled by two, then a clamp and a table in the data segment.
(module
  (memory 1)
  (global $seed (mut i32) (i32.const 0))
  (data (i32.const 512) "\00\00\00\00\01\01\02\03\05\08\0c\12\1a\25\32\41\51\62\71\7e\89\92\98\9d\a0\a2\a4\a5\a6\a6\a7\a7\a7")
  (func $random (result i32)
    (global.set $seed (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_s (global.get $seed) (i32.const 24)))
  (func $dot (param $w i32) (param $x i32) (param $left i32) (result i32)
    (local $a i32)
    (block $done
      (br_if $done (i32.eqz (local.get $left)))
      (loop $more
        (local.set $a (i32.add (local.get $a)
          (i32.add
            (i32.mul (i32.load8_s (local.get $w)) (i32.load16_s (local.get $x)))
            (i32.mul (i32.load8_s offset=1 (local.get $w)) (i32.load16_s offset=2 (local.get $x))))))
        (local.set $w (i32.add (local.get $w) (i32.const 2)))
        (local.set $x (i32.add (local.get $x) (i32.const 4)))
        (br_if $more (local.tee $left (i32.sub (local.get $left) (i32.const 2))))))
    (local.get $a))
  (func $gate (param $v i32) (result i32)
    (local.set $v (i32.add (i32.shr_s (local.get $v) (i32.const 10)) (i32.const 16)))
    (local.set $v (select (local.get $v) (i32.const 0) (i32.gt_s (local.get $v) (i32.const 0))))
    (local.set $v (select (local.get $v) (i32.const 32) (i32.lt_s (local.get $v) (i32.const 32))))
    (i32.load8_u offset=512 (local.get $v)))
  (func $step
    (local $u i32) (local $old i32) (local $g i32)
    (loop $units
      (local.set $g (call $gate (call $dot
        (i32.add (i32.const 4096) (i32.mul (local.get $u) (i32.const 36))) (i32.const 1024) (i32.const 36))))
      (local.set $old (i32.load16_s offset=1024 (i32.shl (local.get $u) (i32.const 1))))
      (i32.store16 offset=2048 (i32.shl (local.get $u) (i32.const 1))
        (i32.add (local.get $old)
          (i32.shr_s (i32.mul (i32.sub (i32.shl (local.get $g) (i32.const 2)) (local.get $old)) (local.get $g)) (i32.const 8))))
      (br_if $units (i32.lt_u (local.tee $u (i32.add (local.get $u) (i32.const 1))) (i32.const 30))))
    (local.set $u (i32.const 0))
    (loop $copy
      (i32.store offset=1024 (local.get $u) (i32.load offset=2048 (local.get $u)))
      (br_if $copy (i32.ne (local.tee $u (i32.add (local.get $u) (i32.const 4))) (i32.const 60)))))
  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $h i32) (local $k i32)
    (global.set $seed (i32.const 161803))
    (loop $fill
      (i32.store8 offset=4096 (local.get $i) (call $random))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1080))))
    (local.set $i (i32.const 0))
    (loop $clear
      (i32.store offset=1024 (local.get $i) (i32.mul (local.get $i) (i32.const 0x00030007)))
      (br_if $clear (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 60))))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (i32.store16 offset=1084 (i32.const 0) (i32.mul (local.get $k) (i32.const 37)))
        (i32.store16 offset=1086 (i32.const 0) (i32.sub (i32.const 500) (local.get $k)))
        (i32.store offset=1088 (i32.const 0) (i32.const 0x01000200))
        (i32.store offset=1092 (i32.const 0) (i32.const 0xff000100))
        (call $step)
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load16_s offset=1024 (i32.shl (i32.rem_u (local.get $k) (i32.const 30)) (i32.const 1)))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
