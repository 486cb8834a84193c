;; Voice as telephones send it (mu-law of G.711): 14 bits to eight with the place of the leading one as exponent, all bits turned over; packets of 20 samples, one in eight gets lost and is replaced by the one before, quieter each time; back to 14 bits, what it differs by, and whether anybody speaks (size with a slow floor under it).
(module
  (memory 1)
  ;; samples at 1024: i16[20]; packet at 1088: u8[20]; the last one decoded at 1120: i16[20]
  (global $floor (mut i32) (i32.const 0))
  (global $loss (mut i32) (i32.const 0))

  (func $encode (param $x i32) (result i32)
    (local $sign i32) (local $exponent i32)
    (if (i32.lt_s (local.get $x) (i32.const 0))
      (then
        (local.set $sign (i32.const 128))
        (local.set $x (i32.sub (i32.const 0) (local.get $x)))))
    (if (i32.gt_u (local.get $x) (i32.const 8158))
      (then (local.set $x (i32.const 8158))))
    (local.set $x (i32.add (local.get $x) (i32.const 33)))
    (local.set $exponent (i32.sub (i32.const 26) (i32.clz (local.get $x))))
    (i32.xor
      (i32.or
        (i32.or (local.get $sign) (i32.shl (local.get $exponent) (i32.const 4)))
        (i32.and
          (i32.shr_u (local.get $x) (i32.add (local.get $exponent) (i32.const 1)))
          (i32.const 15)))
      (i32.const 255)))

  (func $decode (param $code i32) (result i32)
    (local $x i32)
    (local.set $code (i32.xor (local.get $code) (i32.const 255)))
    (local.set $x
      (i32.sub
        (i32.shl
          (i32.add (i32.shl (i32.and (local.get $code) (i32.const 15)) (i32.const 1)) (i32.const 33))
          (i32.and (i32.shr_u (local.get $code) (i32.const 4)) (i32.const 7)))
        (i32.const 33)))
    (select
      (i32.sub (i32.const 0) (local.get $x))
      (local.get $x)
      (i32.and (local.get $code) (i32.const 128))))

  ;; the packet that came, or none, into samples at 1120; the sum of their sizes
  (func $receive (param $came i32) (result i32)
    (local $i i32) (local $x i32) (local $size i32)
    (if (local.get $came)
      (then (global.set $loss (i32.const 0)))
      (else (global.set $loss (i32.add (global.get $loss) (i32.const 1)))))
    (loop $samples
      (if (local.get $came)
        (then (local.set $x (call $decode (i32.load8_u offset=1088 (local.get $i)))))
        (else
          (local.set $x (i32.load16_s offset=1120 (i32.shl (local.get $i) (i32.const 1))))
          (local.set $x (i32.sub (local.get $x) (i32.shr_s (local.get $x) (i32.const 2))))
          (if (i32.gt_u (global.get $loss) (i32.const 2))
            (then (local.set $x (i32.const 0))))))
      (i32.store16 offset=1120 (i32.shl (local.get $i) (i32.const 1)) (local.get $x))
      (local.set $size
        (i32.add
          (local.get $size)
          (select
            (local.get $x)
            (i32.sub (i32.const 0) (local.get $x))
            (i32.ge_s (local.get $x) (i32.const 0)))))
      (br_if $samples
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
    (local.get $size))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $packets i32) (local $x i32) (local $v i32)
    (local $loud i32) (local $size i32) (local $came i32) (local $error i32)
    (local.set $s (i32.const 711))
    (global.set $floor (i32.const 0))
    (global.set $loss (i32.const 0))
    (memory.fill (i32.const 1120) (i32.const 0) (i32.const 40))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $packets (i32.const 8))
        (loop $packet
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          ;; speech begins and ends
          (local.set $loud
            (i32.sub
              (i32.add (local.get $loud) (i32.and (i32.shr_u (local.get $s) (i32.const 20)) (i32.const 3)))
              (i32.shr_u (local.get $loud) (i32.const 2))))
          (local.set $came (i32.ne (i32.shr_u (local.get $s) (i32.const 29)) (i32.const 0)))
          (local.set $i (i32.const 0))
          (loop $fill
            (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
            (local.set $v
              (i32.add
                (i32.sub (local.get $v) (i32.shr_s (i32.mul (local.get $x) (i32.const 3)) (i32.const 3)))
                (i32.shr_s
                  (i32.mul (i32.shr_s (local.get $s) (i32.const 23)) (local.get $loud))
                  (i32.const 1))))
            (local.set $x
              (i32.sub
                (i32.add (local.get $x) (i32.shr_s (local.get $v) (i32.const 1)))
                (i32.shr_s (local.get $x) (i32.const 4))))
            (i32.store16 offset=1024 (i32.shl (local.get $i) (i32.const 1)) (local.get $x))
            (i32.store8 offset=1088
              (local.get $i)
              (call $encode (i32.load16_s offset=1024 (i32.shl (local.get $i) (i32.const 1)))))
            (local.set $h
              (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load8_u offset=1088 (local.get $i))))
            (br_if $fill
              (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
          (local.set $size (call $receive (local.get $came)))
          ;; the floor falls at once and rises slowly
          (if (i32.lt_u (local.get $size) (global.get $floor))
            (then (global.set $floor (local.get $size)))
            (else
              (global.set $floor
                (i32.add
                  (global.get $floor)
                  (i32.shr_u (i32.sub (local.get $size) (global.get $floor)) (i32.const 4))))))
          (local.set $error (i32.const 0))
          (local.set $i (i32.const 40))
          (loop $compare
            (local.set $i (i32.sub (local.get $i) (i32.const 2)))
            (local.set $error
              (i32.add
                (local.get $error)
                (i32.xor
                  (i32.load16_s offset=1024 (local.get $i))
                  (i32.load16_s offset=1120 (local.get $i)))))
            (br_if $compare (local.get $i)))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add
                (local.get $error)
                (i32.gt_u (local.get $size) (i32.mul (global.get $floor) (i32.const 3))))))
          (br_if $packet (local.tee $packets (i32.sub (local.get $packets) (i32.const 1)))))
        (br $again)))
    (local.get $h)))
