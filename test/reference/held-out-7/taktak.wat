;; Takeuchi's function, three arguments and four calls each, as a measure of calls: of it the value, and of the way there the deepest nesting and how often the end was reached.
(module
  (global $depth (mut i32) (i32.const 0))
  (global $deepest (mut i32) (i32.const 0))
  (global $ends (mut i32) (i32.const 0))
  (func $tak (param $x i32) (param $y i32) (param $z i32) (result i32)
    (local $v i32)
    (if (i32.le_s (local.get $x) (local.get $y))
      (then
        (global.set $ends (i32.add (global.get $ends) (i32.const 1)))
        (return (local.get $z))))
    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
    (if (i32.gt_s (global.get $depth) (global.get $deepest)) (then (global.set $deepest (global.get $depth))))
    (local.set $v
      (call $tak
        (call $tak (i32.sub (local.get $x) (i32.const 1)) (local.get $y) (local.get $z))
        (call $tak (i32.sub (local.get $y) (i32.const 1)) (local.get $z) (local.get $x))
        (call $tak (i32.sub (local.get $z) (i32.const 1)) (local.get $x) (local.get $y))))
    (global.set $depth (i32.sub (global.get $depth) (i32.const 1)))
    (local.get $v))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $h i32)
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (global.set $depth (i32.const 0))
        (global.set $deepest (i32.const 0))
        (global.set $ends (i32.const 0))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (call $tak
              (i32.add (i32.const 7) (i32.and (local.get $k) (i32.const 1)))
              (i32.const 4)
              (i32.and (local.get $k) (i32.const 3)))))
        (local.set $h (i32.xor (local.get $h) (i32.add (i32.shl (global.get $deepest) (i32.const 16)) (global.get $ends))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
