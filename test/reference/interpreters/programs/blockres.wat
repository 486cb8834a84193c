(module (memory 1 1) (global $gi (mut i32)(i32.const 1)) (global $gj (mut i64)(i64.const 1)) (global $gf (mut f32)(f32.const 1)) (global $gd (mut f64)(f64.const 1))
 
 (func (export "run") (param $k i32) (result i32) (local $a i32)(local $b i32)(local $c i64)(local $d i64)(local $e f32)(local $f f32)(local $g f64)(local $h f64)(local $n i32)(local $x i32)(local $y i64)(local $u f32)(local $v f64)
 (local.set $a (i32.const 100000))(local.set $b (i32.const 7))(local.set $c (i64.const 10000000000))(local.set $d (i64.const 77))(local.set $e (f32.const 12.5))(local.set $f (f32.const 3.25))(local.set $g (f64.const 12.5))(local.set $h (f64.const 3.25))
 (local.set $n (i32.mul (local.get $k) (i32.const 20)))
 (loop $l
 (local.set $x (block (result i32) (local.get $a)))(local.set $y (block (result i64) (local.get $c)))(local.set $x (block (result i32) (local.get $a)))(local.set $y (block (result i64) (local.get $c)))(local.set $x (block (result i32) (local.get $a)))(local.set $y (block (result i64) (local.get $c)))(local.set $x (block (result i32) (local.get $a)))(local.set $y (block (result i64) (local.get $c)))
 (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
 (i32.const 1)))