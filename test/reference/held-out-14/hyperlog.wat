;; How many devices were near, not which (HyperLogLog): numbers through a mixer of 64 bits, 64 places of which each keeps the longest run of zeros; three sketches of an hour each and their union, the harmonic mean by sums of powers of two in 64 bits, counting by empty places where few were seen (a logarithm by leading zeros and a table).
(module
  (memory 1)
  ;; 1024 * ln(1 + i / 16)
  (data (i32.const 1024) "\00\00\3e\00\79\00\b0\00\e4\00\16\01\46\01\74\01\9f\01\c9\01\f1\01\18\02\3d\02\61\02\84\02\a5\02\c6\02")
  ;; sketches at 1088, u8[3][64]; their union at 1280, u8[64]
  (func $mix (param $v i64) (result i64)
    (local.set $v
      (i64.mul
        (i64.xor (local.get $v) (i64.shr_u (local.get $v) (i64.const 33)))
        (i64.const 0xff51afd7ed558ccd)))
    (local.set $v
      (i64.mul
        (i64.xor (local.get $v) (i64.shr_u (local.get $v) (i64.const 33)))
        (i64.const 0xc4ceb9fe1a85ec53)))
    (i64.xor (local.get $v) (i64.shr_u (local.get $v) (i64.const 33))))

  (func $meet (param $sketch i32) (param $who i64)
    (local $hash i64) (local $at i32) (local $zeros i32)
    (local.set $hash (call $mix (local.get $who)))
    (local.set $at
      (i32.add (local.get $sketch) (i32.wrap_i64 (i64.and (local.get $hash) (i64.const 63)))))
    (local.set $zeros
      (i32.wrap_i64
        (i64.add
          (i64.clz (i64.or (local.get $hash) (i64.const 63)))
          (i64.const 1))))
    (if (i32.gt_u (local.get $zeros) (i32.load8_u (local.get $at)))
      (then (i32.store8 (local.get $at) (local.get $zeros)))))

  ;; 1024 * ln(v), v from 1
  (func $ln (param $v i32) (result i32)
    (local $whole i32) (local $part i32)
    (local.set $whole (i32.sub (i32.const 31) (i32.clz (local.get $v))))
    (local.set $part
      (i32.and
        (i32.shr_u (i32.shl (local.get $v) (i32.const 10)) (local.get $whole))
        (i32.const 1023)))
    (i32.add
      (i32.shr_u (i32.mul (local.get $whole) (i32.const 45426)) (i32.const 6))
      (i32.add
        (i32.load16_u offset=1024 (i32.shl (i32.shr_u (local.get $part) (i32.const 6)) (i32.const 1)))
        (i32.shr_u
          (i32.mul
            (i32.and (local.get $part) (i32.const 63))
            (i32.sub
              (i32.load16_u offset=1026 (i32.shl (i32.shr_u (local.get $part) (i32.const 6)) (i32.const 1)))
              (i32.load16_u offset=1024 (i32.shl (i32.shr_u (local.get $part) (i32.const 6)) (i32.const 1)))))
          (i32.const 6)))))

  (func $count (param $sketch i32) (result i32)
    (local $sum i64) (local $empty i32) (local $i i32) (local $v i32) (local $estimate i32)
    (loop $places
      (local.set $v (i32.load8_u (i32.add (local.get $sketch) (local.get $i))))
      (local.set $empty (i32.add (local.get $empty) (i32.eqz (local.get $v))))
      (local.set $sum
        (i64.add
          (local.get $sum)
          (i64.shr_u (i64.const 0x100000000) (i64.extend_i32_u (local.get $v)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $places (i32.lt_u (local.get $i) (i32.const 64))))
    ;; 0.709 * 64 * 64 / sum, in sixteenths
    (local.set $estimate
      (i32.wrap_i64
        (i64.div_u
          (i64.shl (i64.const 46465) (i64.const 32))
          (local.get $sum))))
    (if (i32.and (i32.lt_u (local.get $estimate) (i32.const 2560)) (i32.ne (local.get $empty) (i32.const 0)))
      (then
        ;; 64 * ln(64 / empty), in sixteenths
        (return (i32.sub (call $ln (i32.const 64)) (call $ln (local.get $empty))))))
    (local.get $estimate))

  (func $unite (param $from i32)
    (local $i i32) (local $v i32)
    (block $done
      (loop $places
        (br_if $done (i32.ge_u (local.get $i) (i32.const 64)))
        (local.set $v (i32.load8_u (i32.add (local.get $from) (local.get $i))))
        (if (i32.lt_u (i32.load8_u offset=1280 (local.get $i)) (local.get $v))
          (then (i32.store8 offset=1280 (local.get $i) (local.get $v))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $places))))

  (func (export "run") (param $n i32) (result i32)
    (local $s i64) (local $h i32) (local $i i32) (local $k i32) (local $sketch i32) (local $many i32)
    (local.set $s (i64.const 2007))
    (memory.fill (i32.const 1088) (i32.const 0) (i32.const 256))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $sketch
          (i32.add
            (i32.const 1088)
            (i32.shl (i32.rem_u (local.get $k) (i32.const 3)) (i32.const 6))))
        (memory.fill (local.get $sketch) (i32.const 0) (i32.const 64))
        (local.set $s
          (i64.add
            (i64.mul (local.get $s) (i64.const 6364136223846793005))
            (i64.const 1442695040888963407)))
        (local.set $many
          (i32.add (i32.const 20) (i32.wrap_i64 (i64.shr_u (local.get $s) (i64.const 57)))))
        (local.set $i (i32.const 0))
        (loop $devices
          (local.set $s
            (i64.add
              (i64.mul (local.get $s) (i64.const 6364136223846793005))
              (i64.const 1442695040888963407)))
          (call $meet
            (local.get $sketch)
            (i64.shr_u (local.get $s) (i64.const 54)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $devices (i32.lt_u (local.get $i) (local.get $many))))
        (memory.copy (i32.const 1280) (local.get $sketch) (i32.const 64))
        (call $unite (i32.const 1088))
        (call $unite (i32.const 1152))
        (call $unite (i32.const 1216))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (call $count (local.get $sketch))))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (call $count (i32.const 1280))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
