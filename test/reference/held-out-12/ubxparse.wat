;; What a receiver of satellites says in its own binary way: two marks, class, number, length, contents and two running sums, byte by byte through a machine of nine states; three kinds of messages by a table (a place and its speed, satellites with their strength, receipts); between them noise with false marks, some bytes are spoilt; six messages an iteration, the machine goes on where it was.
(module
  (type $handler (func (param i32)))
  (memory 1)
  (table 4 4 funcref)
  (elem (i32.const 0) $other $place $satellites $receipt)
  ;; contents at 1024: u8[64]; stream at 1152; kept at 1536: i32 latitude, i32 longitude, i32 way, i32 best, i32 strong, i32 receipts, i32 others
  (global $state (mut i32) (i32.const 0))
  (global $class (mut i32) (i32.const 0))
  (global $number (mut i32) (i32.const 0))
  (global $length (mut i32) (i32.const 0))
  (global $at (mut i32) (i32.const 0))
  (global $a (mut i32) (i32.const 0))
  (global $b (mut i32) (i32.const 0))
  (global $wrong (mut i32) (i32.const 0))
  (global $end (mut i32) (i32.const 0))
  (global $seed (mut i32) (i32.const 0))

  (func $other (param $length i32)
    (i32.store (i32.const 1560) (i32.add (i32.load (i32.const 1560)) (local.get $length))))

  (func $size (param $x i32) (result i32)
    (select
      (local.get $x)
      (i32.sub (i32.const 0) (local.get $x))
      (i32.gt_s (local.get $x) (i32.const 0))))

  (func $place (param $length i32)
    (local $x i32) (local $y i32)
    (if (i32.lt_u (local.get $length) (i32.const 16)) (then (return)))
    ;; only with a fix
    (if (i32.lt_u (i32.load8_u offset=4 (i32.const 1024)) (i32.const 2)) (then (return)))
    (local.set $x (i32.load offset=8 (i32.const 1024)))
    (local.set $y (i32.load offset=12 (i32.const 1024)))
    (i32.store (i32.const 1544)
      (i32.add
        (i32.load (i32.const 1544))
        (i32.add
          (call $size (i32.sub (local.get $x) (i32.load (i32.const 1536))))
          (call $size (i32.sub (local.get $y) (i32.load (i32.const 1540)))))))
    (i32.store (i32.const 1536) (local.get $x))
    (i32.store (i32.const 1540) (local.get $y)))

  (func $satellites (param $length i32)
    (local $left i32) (local $p i32) (local $level i32)
    (if (i32.eqz (local.get $length)) (then (return)))
    (local.set $left (i32.load8_u (i32.const 1024)))
    (if (i32.ne (i32.add (i32.mul (local.get $left) (i32.const 3)) (i32.const 1)) (local.get $length))
      (then (return)))
    (local.set $p (i32.const 1025))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $left)))
        (local.set $level (i32.load8_u offset=2 (local.get $p)))
        (if (i32.gt_u (local.get $level) (i32.const 35))
          (then
            (i32.store (i32.const 1552) (i32.add (i32.load (i32.const 1552)) (i32.const 1)))
            (if (i32.gt_u (local.get $level) (i32.and (i32.load (i32.const 1548)) (i32.const 255)))
              (then
                (i32.store (i32.const 1548)
                  (i32.or
                    (i32.shl (i32.load16_u (local.get $p)) (i32.const 8))
                    (local.get $level)))))))
        (local.set $p (i32.add (local.get $p) (i32.const 3)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $next))))

  (func $receipt (param $length i32)
    (i32.store (i32.const 1556)
      (i32.add
        (i32.mul (i32.load (i32.const 1556)) (i32.const 3))
        (i32.add (global.get $number) (local.get $length)))))

  (func $kind (result i32)
    (if (i32.eq (global.get $class) (i32.const 5)) (then (return (i32.const 3))))
    (if (i32.eq (global.get $class) (i32.const 1))
      (then
        (if (i32.eq (global.get $number) (i32.const 7)) (then (return (i32.const 1))))
        (if (i32.eq (global.get $number) (i32.const 0x35)) (then (return (i32.const 2))))))
    (i32.const 0))

  (func $sum (param $byte i32)
    (global.set $a (i32.and (i32.add (global.get $a) (local.get $byte)) (i32.const 255)))
    (global.set $b (i32.and (i32.add (global.get $b) (global.get $a)) (i32.const 255))))

  (func $byte (param $c i32)
    (block $bad
      (block $sum_b
        (block $sum_a
          (block $content
            (block $length_high
              (block $length_low
                (block $number
                  (block $class
                    (block $second
                      (block $first
                        (br_table $first $second $class $number $length_low $length_high $content $sum_a $sum_b
                          (global.get $state)))
                      ;; first
                      (global.set $state (i32.eq (local.get $c) (i32.const 0xb5)))
                      (return))
                    ;; second
                    (global.set $state
                      (select
                        (i32.const 2)
                        (i32.eq (local.get $c) (i32.const 0xb5))
                        (i32.eq (local.get $c) (i32.const 0x62))))
                    (global.set $a (i32.const 0))
                    (global.set $b (i32.const 0))
                    (return))
                  ;; class
                  (global.set $class (local.get $c))
                  (call $sum (local.get $c))
                  (global.set $state (i32.const 3))
                  (return))
                ;; number
                (global.set $number (local.get $c))
                (call $sum (local.get $c))
                (global.set $state (i32.const 4))
                (return))
              ;; length, low
              (global.set $length (local.get $c))
              (call $sum (local.get $c))
              (global.set $state (i32.const 5))
              (return))
            ;; length, high
            (global.set $length (i32.or (global.get $length) (i32.shl (local.get $c) (i32.const 8))))
            (call $sum (local.get $c))
            (br_if $bad (i32.gt_u (global.get $length) (i32.const 64)))
            (global.set $at (i32.const 0))
            (global.set $state (select (i32.const 6) (i32.const 7) (global.get $length)))
            (return))
          ;; contents
          (i32.store8 offset=1024 (global.get $at) (local.get $c))
          (call $sum (local.get $c))
          (global.set $at (i32.add (global.get $at) (i32.const 1)))
          (if (i32.eq (global.get $at) (global.get $length)) (then (global.set $state (i32.const 7))))
          (return))
        ;; first sum
        (br_if $bad (i32.ne (local.get $c) (global.get $a)))
        (global.set $state (i32.const 8))
        (return))
      ;; second sum
      (br_if $bad (i32.ne (local.get $c) (global.get $b)))
      (call_indirect (type $handler) (global.get $length) (call $kind))
      (global.set $state (i32.const 0))
      (return))
    (global.set $wrong (i32.add (global.get $wrong) (i32.const 1)))
    (global.set $state (i32.const 0)))

  (func $random (result i32)
    (global.set $seed (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_u (global.get $seed) (i32.const 16)))

  (func $put (param $c i32)
    (i32.store8 (global.get $end) (local.get $c))
    (global.set $end (i32.add (global.get $end) (i32.const 1))))

  ;; sums of what was written from $from on
  (func $close (param $from i32)
    (local $a i32) (local $b i32)
    (loop $bytes
      (local.set $a (i32.add (local.get $a) (i32.load8_u (local.get $from))))
      (local.set $b (i32.add (local.get $b) (local.get $a)))
      (br_if $bytes
        (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 1))) (global.get $end))))
    (call $put (local.get $a))
    (call $put (local.get $b)))

  (func $write
    (local $r i32) (local $class i32) (local $number i32) (local $length i32) (local $from i32) (local $i i32)
    (local.set $r (call $random))
    ;; noise
    (local.set $i (i32.and (local.get $r) (i32.const 3)))
    (block $quiet
      (loop $noise
        (br_if $quiet (i32.eqz (local.get $i)))
        (call $put
          (select
            (i32.const 0xb5)
            (i32.and (call $random) (i32.const 255))
            (i32.eq (local.get $i) (i32.const 2))))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br $noise)))
    (block $chosen
      (local.set $class (i32.const 1))
      (local.set $number (i32.const 7))
      (local.set $length (i32.const 20))
      (br_if $chosen (i32.lt_u (i32.and (i32.shr_u (local.get $r) (i32.const 2)) (i32.const 7)) (i32.const 3)))
      (local.set $number (i32.const 0x35))
      (local.set $length
        (i32.add
          (i32.mul (i32.and (i32.shr_u (local.get $r) (i32.const 5)) (i32.const 15)) (i32.const 3))
          (i32.const 1)))
      (br_if $chosen (i32.lt_u (i32.and (i32.shr_u (local.get $r) (i32.const 2)) (i32.const 7)) (i32.const 6)))
      (local.set $class (i32.const 5))
      (local.set $number (i32.and (local.get $r) (i32.const 1)))
      (local.set $length (i32.const 2))
      (br_if $chosen (i32.and (local.get $r) (i32.const 4)))
      (local.set $class (i32.const 10))
      (local.set $length (i32.and (i32.shr_u (local.get $r) (i32.const 5)) (i32.const 7))))
    (call $put (i32.const 0xb5))
    (call $put (i32.const 0x62))
    (local.set $from (global.get $end))
    (call $put (local.get $class))
    (call $put (local.get $number))
    (call $put (local.get $length))
    (call $put (i32.const 0))
    (local.set $i (i32.const 0))
    (block $full
      (loop $content
        (br_if $full (i32.ge_u (local.get $i) (local.get $length)))
        (call $put (i32.and (call $random) (i32.const 63)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $content)))
    (if (i32.eq (local.get $number) (i32.const 0x35))
      (then
        (i32.store8 offset=4 (local.get $from)
          (i32.and (i32.shr_u (local.get $r) (i32.const 5)) (i32.const 15)))))
    (call $close (local.get $from))
    ;; a bit of one of the last bytes
    (if (i32.eqz (i32.and (local.get $r) (i32.const 0x3800)))
      (then
        (local.set $from
          (i32.sub (global.get $end) (i32.add (i32.const 1) (i32.and (call $random) (i32.const 7)))))
        (i32.store8 (local.get $from) (i32.xor (i32.load8_u (local.get $from)) (i32.const 16))))))

  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $i i32) (local $p i32)
    (global.set $seed (i32.const 2562))
    (global.set $state (i32.const 0))
    (global.set $wrong (i32.const 0))
    (memory.fill (i32.const 1536) (i32.const 0) (i32.const 28))
    (block $stop
      (loop $again
        (br_if $stop (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (global.set $end (i32.const 1152))
        (local.set $i (i32.const 6))
        (loop $messages
          (call $write)
          (br_if $messages (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (local.set $p (i32.const 1152))
        (loop $bytes
          (call $byte (i32.load8_u (local.get $p)))
          (br_if $bytes
            (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (global.get $end))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (global.get $wrong)))
        (local.set $i (i32.const 0))
        (loop $kept
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.load offset=1536 (local.get $i))))
          (br_if $kept
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 28))))
        ;; strength fades
        (i32.store (i32.const 1548) (i32.const 0))
        (br $again)))
    (local.get $h)))
