;; Voice over the older kind of Bluetooth link: a delta modulator whose step grows while four bits in a row agree and shrinks otherwise (CVSD), a leaking sum with limits; 120 samples are coded to bits, some bits fall over on the way, the other side decodes; the bytes, the decoded samples and what they differ by.
(module
  (memory 1)
  ;; two coders of { i32 sum, i32 step, i32 last bits }: at 1024 and 1040; bytes at 1056: u8[15]; samples at 1088: i16[120]
  (func $reset (param $c i32)
    (i32.store (local.get $c) (i32.const 0))
    (i32.store offset=4 (local.get $c) (i32.const 160))
    (i32.store offset=8 (local.get $c) (i32.const 5)))

  (func $follow (param $c i32) (param $bit i32)
    (local $last i32) (local $step i32) (local $sum i32)
    (local.set $last
      (i32.and
        (i32.or (i32.shl (i32.load offset=8 (local.get $c)) (i32.const 1)) (local.get $bit))
        (i32.const 15)))
    (i32.store offset=8 (local.get $c) (local.get $last))
    (local.set $step (i32.load offset=4 (local.get $c)))
    (block $stepped
      (block $shrink
        (br_if $shrink
          (i32.and
            (i32.ne (local.get $last) (i32.const 0))
            (i32.ne (local.get $last) (i32.const 15))))
        (local.set $step (i32.add (local.get $step) (i32.const 160)))
        (if (i32.gt_s (local.get $step) (i32.const 20480))
          (then (local.set $step (i32.const 20480))))
        (br $stepped))
      (local.set $step
        (i32.sub (local.get $step) (i32.shr_s (local.get $step) (i32.const 6))))
      (if (i32.lt_s (local.get $step) (i32.const 160))
        (then (local.set $step (i32.const 160)))))
    (i32.store offset=4 (local.get $c) (local.get $step))
    (local.set $sum
      (i32.add
        (i32.load (local.get $c))
        (select
          (local.get $step)
          (i32.sub (i32.const 0) (local.get $step))
          (local.get $bit))))
    (local.set $sum (i32.sub (local.get $sum) (i32.shr_s (local.get $sum) (i32.const 5))))
    ;; sums are in 1/16
    (if (i32.gt_s (local.get $sum) (i32.const 524272))
      (then (local.set $sum (i32.const 524272)))
      (else
        (if (i32.lt_s (local.get $sum) (i32.const -524288))
          (then (local.set $sum (i32.const -524288))))))
    (i32.store (local.get $c) (local.get $sum)))

  (func $encode (param $x i32) (result i32)
    (local $bit i32)
    (local.set $bit
      (i32.ge_s (i32.shl (local.get $x) (i32.const 4)) (i32.load (i32.const 1024))))
    (call $follow (i32.const 1024) (local.get $bit))
    (local.get $bit))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $phase i32) (local $pitch i32) (local $x i32)
    (local $byte i32) (local $bit i32) (local $error i32)
    (local.set $s (i32.const 1970))
    (local.set $pitch (i32.const 1500))
    (call $reset (i32.const 1024))
    (call $reset (i32.const 1040))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 0))
        (local.set $error (i32.const 0))
        (loop $samples
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (if (i32.eqz (i32.shr_u (local.get $s) (i32.const 26)))
            (then (local.set $pitch (i32.and (i32.shr_u (local.get $s) (i32.const 12)) (i32.const 4095)))))
          (local.set $phase (i32.and (i32.add (local.get $phase) (local.get $pitch)) (i32.const 65535)))
          ;; two arches of a parabola
          (local.set $x (i32.and (local.get $phase) (i32.const 32767)))
          (local.set $x
            (i32.shr_u (i32.mul (local.get $x) (i32.sub (i32.const 32768) (local.get $x))) (i32.const 15)))
          (if (i32.and (local.get $phase) (i32.const 32768))
            (then (local.set $x (i32.sub (i32.const 0) (local.get $x)))))
          (i32.store16 offset=1088 (i32.shl (local.get $i) (i32.const 1)) (local.get $x))
          (local.set $byte
            (i32.or (i32.shl (local.get $byte) (i32.const 1)) (call $encode (local.get $x))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (if (i32.eqz (i32.and (local.get $i) (i32.const 7)))
            (then
              ;; one byte in eight has a wrong bit
              (if (i32.eqz (i32.and (local.get $s) (i32.const 0x700000)))
                (then
                  (local.set $byte
                    (i32.xor
                      (local.get $byte)
                      (i32.shl
                        (i32.const 1)
                        (i32.and (i32.shr_u (local.get $s) (i32.const 24)) (i32.const 7)))))))
              (i32.store8 offset=1055 (i32.shr_u (local.get $i) (i32.const 3)) (local.get $byte))
              (local.set $byte (i32.const 0))))
          (br_if $samples (i32.lt_u (local.get $i) (i32.const 120))))
        (local.set $i (i32.const 0))
        (loop $bytes
          (local.set $byte (i32.load8_u offset=1056 (local.get $i)))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $byte)))
          (local.set $bit (i32.const 8))
          (loop $bits
            (local.set $bit (i32.sub (local.get $bit) (i32.const 1)))
            (call $follow
              (i32.const 1040)
              (i32.and (i32.shr_u (local.get $byte) (local.get $bit)) (i32.const 1)))
            (local.set $x
              (i32.sub
                (i32.shr_s (i32.load (i32.const 1040)) (i32.const 4))
                (i32.load16_s offset=1088
                  (i32.sub
                    (i32.add (i32.shl (local.get $i) (i32.const 4)) (i32.const 14))
                    (i32.shl (local.get $bit) (i32.const 1))))))
            (local.set $error
              (i32.add
                (local.get $error)
                (select
                  (local.get $x)
                  (i32.sub (i32.const 0) (local.get $x))
                  (i32.gt_s (local.get $x) (i32.const 0)))))
            (br_if $bits (local.get $bit)))
          (local.set $h
            (i32.xor (i32.rotl (local.get $h) (i32.const 3)) (i32.load (i32.const 1040))))
          (br_if $bytes
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 15))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $error)))
        (br $again)))
    (local.get $h)))
