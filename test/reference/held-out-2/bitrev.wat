;; Reverses the bits of 64 words, counts them, and shifts by what it counted.
(module
  (memory (export "memory") 1)
  (func $fill
    (local $i i32) (local $s i32)
    (local.set $s (i32.const 987654))
    (loop $next
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store offset=1024 (local.get $i) (local.get $s))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 2048)))))
  (func $f (param $k i32) (result i32)
    (local $i i32) (local $v i32) (local $r i32)
    (loop $words
      (local.set $v (i32.load offset=1024 (local.get $i)))
      (local.set $v (i32.or (i32.and (i32.shr_u (local.get $v) (i32.const 1)) (i32.const 0x55555555))
                            (i32.shl (i32.and (local.get $v) (i32.const 0x55555555)) (i32.const 1))))
      (local.set $v (i32.or (i32.and (i32.shr_u (local.get $v) (i32.const 2)) (i32.const 0x33333333))
                            (i32.shl (i32.and (local.get $v) (i32.const 0x33333333)) (i32.const 2))))
      (local.set $v (i32.or (i32.and (i32.shr_u (local.get $v) (i32.const 4)) (i32.const 0x0f0f0f0f))
                            (i32.shl (i32.and (local.get $v) (i32.const 0x0f0f0f0f)) (i32.const 4))))
      (local.set $v (i32.rotr (local.get $v) (i32.const 16)))
      (local.set $r (i32.add (i32.rotl (local.get $r) (i32.ctz (i32.or (local.get $v) (i32.const 256))))
                             (i32.sub (i32.clz (local.get $v)) (i32.extend8_s (local.get $v)))))
      (i32.store offset=8192 (local.get $i) (local.get $v))
      (br_if $words (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 256))))
    (i32.add (local.get $r) (local.get $k)))
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
