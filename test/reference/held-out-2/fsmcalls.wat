;; call_indirect through a table of four functions over a running value; arguments and results on the stack.
(module
  (type $op (func (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (table 4 4 funcref)
  (elem (i32.const 0) $add $mix $scale $turn)
  (func $add (type $op) (i32.add (local.get 0) (local.get 1)))
  (func $mix (type $op) (i32.xor (i32.shl (local.get 0) (i32.const 3)) (i32.sub (local.get 1) (local.get 0))))
  (func $scale (type $op) (i32.shr_s (i32.mul (local.get 0) (local.get 1)) (i32.const 4)))
  (func $turn (type $op) (i32.rotr (local.get 0) (local.get 1)))
  (func $fill
    (local $i i32) (local $s i32)
    (local.set $s (i32.const 987654))
    (loop $next
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store8 offset=1024 (local.get $i) (i32.shr_u (local.get $s) (i32.const 24)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 512)))))
  (func $f (param $k i32) (result i32)
    (local $i i32) (local $c i32) (local $v i32)
    (local.set $v (local.get $k))
    (loop $bytes
      (local.set $c (i32.load8_u offset=1024 (local.get $i)))
      (local.set $v (call_indirect (type $op) (local.get $v) (local.get $c) (i32.shr_u (local.get $c) (i32.const 6))))
      (br_if $bytes (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
    (local.get $v))
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
