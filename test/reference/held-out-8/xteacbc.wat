;; Pages of a log locked by XTEA: 32 rounds with a schedule made anew for each key, blocks chained, six of them; opened again and compared.
(module
  (memory 1)
  ;; key at 1024 (4 words), schedule at 1040 (64 words), plain at 1536 (48 bytes), locked at 1600, opened at 1664
  (func $schedule
    (local $i i32) (local $sum i32)
    (loop $round
      (i32.store offset=1040 (local.get $i)
        (i32.add (local.get $sum) (i32.load offset=1024 (i32.shl (i32.and (local.get $sum) (i32.const 3)) (i32.const 2)))))
      (local.set $sum (i32.add (local.get $sum) (i32.const 0x9e3779b9)))
      (i32.store offset=1044 (local.get $i)
        (i32.add
          (local.get $sum)
          (i32.load offset=1024 (i32.and (i32.shr_u (local.get $sum) (i32.const 9)) (i32.const 12)))))
      (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 256)))))
  (func $mix (param $v i32) (param $k i32) (result i32)
    (i32.xor
      (i32.add (i32.xor (i32.shl (local.get $v) (i32.const 4)) (i32.shr_u (local.get $v) (i32.const 5))) (local.get $v))
      (local.get $k)))
  (func $lock (param $x i64) (result i64)
    (local $a i32) (local $b i32) (local $i i32)
    (local.set $a (i32.wrap_i64 (local.get $x)))
    (local.set $b (i32.wrap_i64 (i64.shr_u (local.get $x) (i64.const 32))))
    (loop $round
      (local.set $a (i32.add (local.get $a) (call $mix (local.get $b) (i32.load offset=1040 (local.get $i)))))
      (local.set $b (i32.add (local.get $b) (call $mix (local.get $a) (i32.load offset=1044 (local.get $i)))))
      (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 256))))
    (i64.or (i64.extend_i32_u (local.get $a)) (i64.shl (i64.extend_i32_u (local.get $b)) (i64.const 32))))
  (func $open (param $x i64) (result i64)
    (local $a i32) (local $b i32) (local $i i32)
    (local.set $a (i32.wrap_i64 (local.get $x)))
    (local.set $b (i32.wrap_i64 (i64.shr_u (local.get $x) (i64.const 32))))
    (local.set $i (i32.const 248))
    (loop $round
      (local.set $b (i32.sub (local.get $b) (call $mix (local.get $a) (i32.load offset=1044 (local.get $i)))))
      (local.set $a (i32.sub (local.get $a) (call $mix (local.get $b) (i32.load offset=1040 (local.get $i)))))
      (br_if $round (i32.ge_s (local.tee $i (i32.sub (local.get $i) (i32.const 8))) (i32.const 0))))
    (i64.or (i64.extend_i32_u (local.get $a)) (i64.shl (i64.extend_i32_u (local.get $b)) (i64.const 32))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i64) (local $chain i64) (local $from i64) (local $wrong i32)
    (local.set $s (i64.const 99))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $i (i32.const 0))
        (loop $fill
          (local.set $s (i64.add (i64.mul (local.get $s) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
          (if (i32.lt_u (local.get $i) (i32.const 16))
            (then (i64.store offset=1024 (local.get $i) (local.get $s)))
            (else (i64.store offset=1520 (local.get $i) (i64.rotl (local.get $s) (i64.const 17)))))
          (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))
        (call $schedule)
        (local.set $from (local.get $s))
        (local.set $chain (local.get $s))
        (local.set $i (i32.const 0))
        (loop $block
          (i64.store offset=1600 (local.get $i)
            (local.tee $chain (call $lock (i64.xor (local.get $chain) (i64.load offset=1536 (local.get $i))))))
          (local.set $h
            (i32.xor
              (i32.mul (local.get $h) (i32.const 31))
              (i32.wrap_i64 (i64.xor (local.get $chain) (i64.shr_u (local.get $chain) (i64.const 32))))))
          (br_if $block (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 48))))
        ;; A page in four has a bit turned before it is opened.
        (if (i64.eqz (i64.and (local.get $s) (i64.const 0x300000000)))
          (then (i32.store8 offset=1600 (i32.and (i32.wrap_i64 (i64.shr_u (local.get $s) (i64.const 40))) (i32.const 31)) (local.get $k))))
        (local.set $i (i32.const 0))
        (local.set $wrong (i32.const 0))
        (local.set $chain (local.get $from))
        (loop $block
          (i64.store offset=1664 (local.get $i)
            (i64.xor (call $open (i64.load offset=1600 (local.get $i))) (local.get $chain)))
          (local.set $chain (i64.load offset=1600 (local.get $i)))
          (local.set $wrong
            (i32.add
              (local.get $wrong)
              (i64.ne (i64.load offset=1664 (local.get $i)) (i64.load offset=1536 (local.get $i)))))
          (br_if $block (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 48))))
        (local.set $h
          (i32.add
            (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $wrong))
            (i32.wrap_i64 (i64.shr_u (i64.load (i32.const 1680)) (i64.const 11)))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
