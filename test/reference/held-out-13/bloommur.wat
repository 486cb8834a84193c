;; Which beacons were met today, without a list: names of 3 to 18 bytes through Murmur's third hash (32 bits, two seeds), three places each in a map of 512 bits made from both, put in or asked for; a second map of what is new since the last look, merged now and then; bits set are counted by words of 64.
(module
  (memory 1)
  ;; the map at 1024: 64 bytes; the new one at 1088: 64 bytes; a name at 1152: u8[20]
  (func $scramble (param $k i32) (result i32)
    (i32.mul
      (i32.rotl (i32.mul (local.get $k) (i32.const 0xcc9e2d51)) (i32.const 15))
      (i32.const 0x1b873593)))

  (func $hash (param $p i32) (param $length i32) (param $h i32) (result i32)
    (local $end i32) (local $k i32) (local $left i32)
    (local.set $left (i32.and (local.get $length) (i32.const 3)))
    (local.set $end (i32.add (local.get $p) (i32.sub (local.get $length) (local.get $left))))
    (block $words
      (loop $word
        (br_if $words (i32.ge_u (local.get $p) (local.get $end)))
        (local.set $h
          (i32.add
            (i32.mul
              (i32.rotl
                (i32.xor (local.get $h) (call $scramble (i32.load (local.get $p))))
                (i32.const 13))
              (i32.const 5))
            (i32.const 0xe6546b64)))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br $word)))
    (block $none
      (block $one
        (block $two
          (block $three
            (br_table $none $one $two $three (local.get $left)))
          (local.set $k (i32.shl (i32.load8_u offset=2 (local.get $p)) (i32.const 16))))
        (local.set $k
          (i32.or (local.get $k) (i32.shl (i32.load8_u offset=1 (local.get $p)) (i32.const 8)))))
      (local.set $h
        (i32.xor
          (local.get $h)
          (call $scramble (i32.or (local.get $k) (i32.load8_u (local.get $p)))))))
    (local.set $h (i32.xor (local.get $h) (local.get $length)))
    (local.set $h
      (i32.mul (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))) (i32.const 0x85ebca6b)))
    (local.set $h
      (i32.mul (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 13))) (i32.const 0xc2b2ae35)))
    (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 16))))

  ;; how many of a name's places are set in a map
  (func $known (param $map i32) (param $a i32) (param $b i32) (result i32)
    (local $i i32) (local $bit i32) (local $count i32)
    (loop $places
      (local.set $bit (i32.and (local.get $a) (i32.const 511)))
      (local.set $count
        (i32.add
          (local.get $count)
          (i32.and
            (i32.shr_u
              (i32.load8_u (i32.add (local.get $map) (i32.shr_u (local.get $bit) (i32.const 3))))
              (i32.and (local.get $bit) (i32.const 7)))
            (i32.const 1))))
      (local.set $a (i32.add (local.get $a) (local.get $b)))
      (br_if $places
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
    (local.get $count))

  (func $put (param $map i32) (param $a i32) (param $b i32)
    (local $i i32) (local $at i32)
    (local.set $i (i32.const 3))
    (loop $places
      (local.set $at
        (i32.add (local.get $map) (i32.and (i32.shr_u (local.get $a) (i32.const 3)) (i32.const 63))))
      (i32.store8
        (local.get $at)
        (i32.or
          (i32.load8_u (local.get $at))
          (i32.shl (i32.const 1) (i32.and (local.get $a) (i32.const 7)))))
      (local.set $a (i32.add (local.get $a) (local.get $b)))
      (br_if $places (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))

  ;; the new map goes into the old one and is emptied; bits that are set
  (func $merge (result i32)
    (local $i i32) (local $word i64) (local $count i64)
    (loop $words
      (local.set $word
        (i64.or (i64.load offset=1024 (local.get $i)) (i64.load offset=1088 (local.get $i))))
      (i64.store offset=1024 (local.get $i) (local.get $word))
      (i64.store offset=1088 (local.get $i) (i64.const 0))
      (local.set $count (i64.add (local.get $count) (i64.popcnt (local.get $word))))
      (br_if $words
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 64))))
    (i32.wrap_i64 (local.get $count)))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $j i32) (local $length i32) (local $a i32)
    (local $b i32) (local $bits i32) (local $name i32)
    (local.set $s (i32.const 1970))
    (memory.fill (i32.const 1024) (i32.const 0) (i32.const 128))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 32))
        (loop $meet
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 69069)) (i32.const 1)))
          ;; one of 256 beacons, its name made of its number
          (local.set $name (i32.and (i32.shr_u (local.get $s) (i32.const 16)) (i32.const 255)))
          (local.set $length
            (i32.add (i32.rem_u (i32.mul (local.get $name) (i32.const 7)) (i32.const 16)) (i32.const 3)))
          (local.set $j (i32.const 0))
          (loop $letters
            (i32.store8 offset=1152
              (local.get $j)
              (i32.add
                (i32.rem_u
                  (i32.add (i32.mul (local.get $name) (i32.add (local.get $j) (i32.const 3))) (local.get $j))
                  (i32.const 26))
                (i32.const 97)))
            (br_if $letters
              (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $length))))
          (local.set $a (call $hash (i32.const 1152) (local.get $length) (i32.const 0)))
          (local.set $b
            (i32.or (call $hash (i32.const 1152) (local.get $length) (local.get $a)) (i32.const 1)))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $a)))
          (if (i32.eq (call $known (i32.const 1024) (local.get $a) (local.get $b)) (i32.const 3))
            (then (local.set $h (i32.add (local.get $h) (i32.const 1))))
            (else
              (if (i32.lt_s (local.get $s) (i32.const 0))
                (then (call $put (i32.const 1088) (local.get $a) (local.get $b)))
                (else
                  (local.set $h
                    (i32.xor
                      (local.get $h)
                      (i32.shl
                        (call $known (i32.const 1088) (local.get $a) (local.get $b))
                        (i32.const 20))))))))
          (if (i32.eqz (i32.and (local.get $i) (i32.const 7)))
            (then
              (local.set $bits (call $merge))
              (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $bits)))
              ;; nearly full: a new day
              (if (i32.gt_u (local.get $bits) (i32.const 200))
                (then (memory.fill (i32.const 1024) (i32.const 0) (i32.const 64))))))
          (br_if $meet (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (br $again)))
    (local.get $h)))
