(module (memory 1 1) (table 1 1 funcref) (type $v (func)) (global $gi (mut i32)(i32.const 1)) (func $f)
 (func (export "run") (param $k i32) (result i32) (local $n i32)
 (local.set $n (i32.mul (local.get $k) (i32.const 20)))
 (loop $l
(block i32.const 1 br_if 0 nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop )
(block i32.const 1 br_if 0 nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop )
(block i32.const 1 br_if 0 nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop nop )
 (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
 (i32.const 1)))