;; A machine of eight states: br_table in a loop, the state in a global.
(module
  (memory (export "memory") 1)
  (global $state (mut i32) (i32.const 0))
  (func $fill
    (local $i i32) (local $s i32)
    (local.set $s (i32.const 987654))
    (loop $next
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store8 offset=1024 (local.get $i) (i32.shr_u (local.get $s) (i32.const 24)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 512)))))
  (func $f (param $k i32) (result i32)
    (local $i i32) (local $c i32) (local $r i32)
    (global.set $state (i32.const 0))
    (local.set $r (local.get $k))
    (loop $bytes
      (local.set $c (i32.load8_u offset=1024 (local.get $i)))
      (block $end
        (block $five
          (block $four
            (block $three
              (block $two
                (block $one
                  (block $zero
                    (br_table $zero $one $two $three $four $five $zero (global.get $state)))
                  (local.set $r (i32.add (local.get $r) (local.get $c)))
                  (global.set $state (select (i32.const 1) (i32.const 3) (i32.and (local.get $c) (i32.const 1))))
                  (br $end))
                (local.set $r (i32.xor (local.get $r) (i32.shl (local.get $c) (i32.const 2))))
                (global.set $state (i32.const 2))
                (br $end))
              (if (i32.gt_u (local.get $c) (i32.const 127))
                (then (global.set $state (i32.const 0)) (br $end)))
              (local.set $r (i32.sub (local.get $r) (i32.const 1)))
              (global.set $state (i32.const 4))
              (br $end))
            (local.set $r (i32.mul (local.get $r) (i32.const 5)))
            (global.set $state (i32.and (local.get $c) (i32.const 7)))
            (br $end))
          (local.set $r (i32.rotl (local.get $r) (i32.const 3)))
          (global.set $state (i32.const 5))
          (br $end))
        (global.set $state (i32.rem_u (local.get $c) (i32.const 6))))
      (br_if $bytes (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 200))))
    (local.get $r))
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
