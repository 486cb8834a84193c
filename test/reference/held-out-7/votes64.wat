;; A template out of readings: 15 codes of 256 bits are counted bit by bit in planes of 64 (carries kept in four words), what at least eight have is the template, what less than three or more than twelve have is sure; then the distances of all readings on the sure bits.
(module
  (memory 1)
  ;; readings at 1024, 32 bytes each; template at 2048; mask of sure bits at 2080
  (func $readings (param $seed i64)
    (local $r i32) (local $i i32) (local $p i32) (local $base i64) (local $noise i64) (local $s i64)
    (local.set $s (local.get $seed))
    (loop $word
      (local.set $s (i64.add (i64.mul (local.get $s) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
      (local.set $base (i64.xor (local.get $s) (i64.shr_u (local.get $s) (i64.const 29))))
      (local.set $r (i32.const 0))
      (loop $reading
        (local.set $s (i64.add (i64.mul (local.get $s) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
        ;; one bit of four is thrown again
        (local.set $noise (i64.and (local.get $s) (i64.rotl (local.get $s) (i64.const 23))))
        (i64.store offset=1024
          (i32.add (i32.shl (local.get $r) (i32.const 5)) (local.get $i))
          (i64.xor (local.get $base) (local.get $noise)))
        (br_if $reading (i32.lt_u (local.tee $r (i32.add (local.get $r) (i32.const 1))) (i32.const 15))))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32)))))
  (func $vote (param $i i32)
    (local $p i32) (local $end i32) (local $x i64) (local $c i64)
    (local $ones i64) (local $twos i64) (local $fours i64) (local $eights i64)
    (local.set $p (i32.add (i32.const 1024) (local.get $i)))
    (local.set $end (i32.add (local.get $p) (i32.const 480)))
    (loop $reading
      (local.set $x (i64.load (local.get $p)))
      (local.set $c (i64.and (local.get $ones) (local.get $x)))
      (local.set $ones (i64.xor (local.get $ones) (local.get $x)))
      (local.set $x (i64.and (local.get $twos) (local.get $c)))
      (local.set $twos (i64.xor (local.get $twos) (local.get $c)))
      (local.set $eights (i64.xor (local.get $eights) (i64.and (local.get $fours) (local.get $x))))
      (local.set $fours (i64.xor (local.get $fours) (local.get $x)))
      (br_if $reading (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 32))) (local.get $end))))
    (i64.store offset=2048 (local.get $i) (local.get $eights))
    ;; sure: 0, 1, 2 or 13, 14, 15
    (local.set $c (i64.and (local.get $ones) (local.get $twos)))
    (local.set $x (i64.or (local.get $ones) (local.get $twos)))
    (i64.store offset=2080 (local.get $i)
      (i64.or
        (i64.xor (i64.or (i64.or (local.get $eights) (local.get $fours)) (local.get $c)) (i64.const -1))
        (i64.and (i64.and (local.get $eights) (local.get $fours)) (local.get $x)))))
  (func $distance (param $r i32) (result i32)
    (local $i i32) (local $sum i64)
    (local.set $r (i32.shl (local.get $r) (i32.const 5)))
    (loop $word
      (local.set $sum
        (i64.add
          (local.get $sum)
          (i64.popcnt
            (i64.and
              (i64.load offset=2080 (local.get $i))
              (i64.xor (i64.load offset=2048 (local.get $i)) (i64.load offset=1024 (i32.add (local.get $r) (local.get $i))))))))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
    (i32.wrap_i64 (local.get $sum)))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32)
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (call $readings (i64.mul (i64.extend_i32_u (i32.add (local.get $k) (i32.const 1))) (i64.const -7046029254386353131)))
        (local.set $i (i32.const 0))
        (loop $words
          (call $vote (local.get $i))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.wrap_i64 (i64.popcnt (i64.load offset=2080 (local.get $i))))))
          (local.set $h (i32.xor (local.get $h) (i32.wrap_i64 (i64.shr_u (i64.load offset=2048 (local.get $i)) (i64.const 17)))))
          (br_if $words (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
        (local.set $i (i32.const 0))
        (loop $each
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $distance (local.get $i))))
          (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 15))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
