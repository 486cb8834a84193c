;; memory.fill and memory.copy between a short computation: what a runtime's own code costs.
(module
  (memory (export "memory") 1)
  (func $f (param $k i32) (result i32)
    (local $i i32) (local $r i32)
    (memory.fill (i32.const 4096) (local.get $k) (i32.const 256))
    (loop $mix
      (i32.store offset=4096 (local.get $i) (i32.add (i32.load offset=4096 (local.get $i)) (i32.mul (local.get $i) (i32.const 77))))
      (br_if $mix (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 256))))
    (memory.copy (i32.const 8192) (i32.const 4096) (i32.const 256))
    (memory.copy (i32.const 8194) (i32.const 8192) (i32.const 128))
    (i32.load (i32.const 8200)))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $h i32)
    (block $done
      (loop $again
        (br_if $done (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $f (local.get $k))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
