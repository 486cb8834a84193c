;; Rules as bytes for a little stack machine: constants, sensors, comparisons, arithmetic, jumps; br_table decodes.
(module
  (memory 1)
  (global $sp (mut i32) (i32.const 512))
  ;; program at 1024: sum = 0; for i = 20 to 1: sum = sum + (sensor[i & 7] > 40 ? sensor[i & 7] * 3 : i); halt
  (data (i32.const 1024)
    "\01\00\08\00\01\14\08\01"          ;; 0: push 0, set 0, push 20, set 1
    "\07\01\0a\08\02"                    ;; 8: get 1, sensor, set 2
    "\07\02\01\28\06\0b\22"              ;; 13: get 2, push 40, greater, jump if zero to 34
    "\07\02\01\03\05\07\00\03\08\00"    ;; 20: get 2, push 3, mul, get 0, add, set 0
    "\01\01\09\29"                       ;; 30: push 1, jump if not zero to 41
    "\07\01\07\00\03\08\00"              ;; 34: get 1, get 0, add, set 0
    "\07\01\01\01\04\08\01"              ;; 41: get 1, push 1, sub, set 1
    "\07\01\09\08\00")                   ;; 48: get 1, jump if not zero to 8, halt
  (func $push (param $v i32)
    (i32.store (global.get $sp) (local.get $v))
    (global.set $sp (i32.add (global.get $sp) (i32.const 4))))
  (func $pop (result i32)
    (global.set $sp (i32.sub (global.get $sp) (i32.const 4)))
    (i32.load (global.get $sp)))
  (func $execute (result i32)
    (local $pc i32) (local $op i32) (local $b i32)
    (global.set $sp (i32.const 512))
    (loop $next
      (local.set $op (i32.load8_u offset=1024 (local.get $pc)))
      (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
      (block $bad
      (block $jz (block $sensor (block $jnz (block $set (block $get (block $greater (block $mul (block $sub (block $add (block $const (block $halt
        (br_table $halt $const $bad $add $sub $mul $greater $get $set $jnz $sensor $jz $bad (local.get $op)))
        (return (i32.load (i32.const 256))))
        ;; const
        (call $push (i32.load8_u offset=1024 (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (br $next))
        ;; add
        (call $push (i32.add (call $pop) (call $pop)))
        (br $next))
        ;; sub
        (local.set $b (call $pop))
        (call $push (i32.sub (call $pop) (local.get $b)))
        (br $next))
        ;; mul
        (call $push (i32.mul (call $pop) (call $pop)))
        (br $next))
        ;; greater
        (local.set $b (call $pop))
        (call $push (i32.gt_s (call $pop) (local.get $b)))
        (br $next))
        ;; get
        (call $push (i32.load offset=256 (i32.shl (i32.load8_u offset=1024 (local.get $pc)) (i32.const 2))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (br $next))
        ;; set
        (i32.store offset=256 (i32.shl (i32.load8_u offset=1024 (local.get $pc)) (i32.const 2)) (call $pop))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (br $next))
        ;; jump if not zero
        (local.set $pc (select (i32.load8_u offset=1024 (local.get $pc)) (i32.add (local.get $pc) (i32.const 1)) (call $pop)))
        (br $next))
        ;; sensor
        (call $push (i32.load16_s offset=128 (i32.shl (i32.and (call $pop) (i32.const 7)) (i32.const 1))))
        (br $next))
        ;; jump if zero
        (local.set $pc (select (i32.add (local.get $pc) (i32.const 1)) (i32.load8_u offset=1024 (local.get $pc)) (call $pop)))
        (br $next))
      (unreachable))
    (unreachable))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $r i32)
    (block $done
      (loop $again
        (br_if $done (i32.ge_u (local.get $k) (local.get $n)))
        (local.set $i (i32.const 0))
        (loop $sensors
          (i32.store16 offset=128 (i32.shl (local.get $i) (i32.const 1))
            (i32.rem_u (i32.mul (i32.add (local.get $i) (local.get $k)) (i32.const 37)) (i32.const 91)))
          (br_if $sensors (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
        (local.set $r (i32.add (i32.mul (local.get $r) (i32.const 7)) (call $execute)))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $r)))
