;; Readings as text and back: numbers of 64 bits in millionths, written with a sign, an apostrophe between thousands and as few decimals as they need; of some texts a letter is spoilt; read by a machine of six states that says where a text is wrong; what was read is summed and its mean joins the next numbers; ten numbers.
(module
  (memory 1)
  (data (i32.const 1024) "0'.-9a 7")
  ;; digits at 1040 (24), text at 1088 (40)
  (global $value (mut i64) (i64.const 0))

  ;; the digits of a value from the right, 18 of them, in two halves of nine
  (func $digits (param $v i64)
    (local $part i32) (local $i i32)
    (local.set $part (i32.wrap_i64 (i64.rem_u (local.get $v) (i64.const 1000000000))))
    (loop $low
      (i32.store8 offset=1040 (local.get $i) (i32.rem_u (local.get $part) (i32.const 10)))
      (local.set $part (i32.div_u (local.get $part) (i32.const 10)))
      (br_if $low (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 9))))
    (local.set $part (i32.wrap_i64 (i64.div_u (local.get $v) (i64.const 1000000000))))
    (loop $high
      (i32.store8 offset=1040 (local.get $i) (i32.rem_u (local.get $part) (i32.const 10)))
      (local.set $part (i32.div_u (local.get $part) (i32.const 10)))
      (br_if $high (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 18)))))

  ;; how many letters
  (func $write (param $v i64) (result i32)
    (local $to i32) (local $i i32) (local $last i32)
    (local.set $to (i32.const 1088))
    (if (i64.lt_s (local.get $v) (i64.const 0))
      (then
        (i32.store8 (local.get $to) (i32.const 45))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $v (i64.sub (i64.const 0) (local.get $v)))))
    (call $digits (local.get $v))
    ;; the first digit that counts, at least that before the point
    (local.set $i (i32.const 17))
    (block $found
      (loop $skip
        (br_if $found (i32.le_u (local.get $i) (i32.const 6)))
        (br_if $found (i32.load8_u offset=1040 (local.get $i)))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br $skip)))
    (block $needed
      (loop $zeros
        (br_if $needed (i32.eq (local.get $last) (i32.const 6)))
        (br_if $needed (i32.load8_u offset=1040 (local.get $last)))
        (local.set $last (i32.add (local.get $last) (i32.const 1)))
        (br $zeros)))
    (loop $letters
      (i32.store8
        (local.get $to)
        (i32.add (i32.const 48) (i32.load8_u offset=1040 (local.get $i))))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (if (i32.gt_s (local.get $i) (local.get $last))
        (then
          (if (i32.eq (local.get $i) (i32.const 6))
            (then
              (i32.store8 (local.get $to) (i32.const 46))
              (local.set $to (i32.add (local.get $to) (i32.const 1)))))
          (if (i32.and
                (i32.gt_u (local.get $i) (i32.const 6))
                (i32.eqz (i32.rem_u (local.get $i) (i32.const 3))))
            (then
              (i32.store8 (local.get $to) (i32.const 39))
              (local.set $to (i32.add (local.get $to) (i32.const 1)))))))
      (br_if $letters
        (i32.ge_s
          (local.tee $i (i32.sub (local.get $i) (i32.const 1)))
          (local.get $last))))
    (i32.sub (local.get $to) (i32.const 1088)))

  ;; -1 if all is well, else where it is wrong
  (func $read (param $length i32) (result i32)
    (local $i i32) (local $c i32) (local $state i32) (local $places i32) (local $minus i32) (local $v i64)
    (local.set $places (i32.const 6))
    (block $wrong
      (block $end
        (loop $next
          (br_if $end (i32.eq (local.get $i) (local.get $length)))
          (local.set $c (i32.load8_u offset=1088 (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (block $fraction
            (block $whole
              (block $other
                (br_if $other (i32.gt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 9)))
                (br_if $whole (i32.lt_u (local.get $state) (i32.const 4)))
                (br $fraction))
              ;; not a digit: what the state allows
              (block $in_whole
                (block $at_start
                  (block $never
                    (br_table $at_start $never $in_whole $never $never $never (local.get $state)))
                  (br $wrong))
                (br_if $wrong (i32.ne (local.get $c) (i32.const 45)))
                (local.set $minus (i32.const 1))
                (local.set $state (i32.const 1))
                (br $next))
              (if (i32.eq (local.get $c) (i32.const 39))
                (then
                  (local.set $state (i32.const 3))
                  (br $next)))
              (br_if $wrong (i32.ne (local.get $c) (i32.const 46)))
              (local.set $state (i32.const 4))
              (br $next))
            (local.set $state (i32.const 2))
            (local.set $v
              (i64.add
                (i64.mul (local.get $v) (i64.const 10))
                (i64.extend_i32_u (i32.sub (local.get $c) (i32.const 48)))))
            (br $next))
          (br_if $wrong (i32.eqz (local.get $places)))
          (local.set $places (i32.sub (local.get $places) (i32.const 1)))
          (local.set $state (i32.const 5))
          (local.set $v
            (i64.add
              (i64.mul (local.get $v) (i64.const 10))
              (i64.extend_i32_u (i32.sub (local.get $c) (i32.const 48)))))
          (br $next)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $wrong (i32.and (i32.ne (local.get $state) (i32.const 2)) (i32.ne (local.get $state) (i32.const 5))))
      (block $scaled
        (loop $more
          (br_if $scaled (i32.eqz (local.get $places)))
          (local.set $v (i64.mul (local.get $v) (i64.const 10)))
          (local.set $places (i32.sub (local.get $places) (i32.const 1)))
          (br $more)))
      (global.set $value
        (select (i64.sub (i64.const 0) (local.get $v)) (local.get $v) (local.get $minus)))
      (return (i32.const -1)))
    (i32.sub (local.get $i) (i32.const 1)))

  (func (export "run") (param $n i32) (result i32)
    (local $s i64) (local $h i32) (local $i i32) (local $k i32) (local $length i32) (local $bits i32)
    (local $v i64) (local $sum i64) (local $mean i64) (local $good i32) (local $where i32)
    (local.set $s (i64.const 88172645463325252))
    (block $end
      (loop $iterations
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $k (i32.const 10))
        (local.set $sum (i64.const 0))
        (local.set $good (i32.const 0))
        (loop $numbers
          (local.set $s (i64.xor (local.get $s) (i64.shl (local.get $s) (i64.const 13))))
          (local.set $s (i64.xor (local.get $s) (i64.shr_u (local.get $s) (i64.const 7))))
          (local.set $s (i64.xor (local.get $s) (i64.shl (local.get $s) (i64.const 17))))
          (local.set $bits (i32.wrap_i64 (local.get $s)))
          ;; from a few bits to fifty
          (local.set $v
            (i64.shr_s
              (local.get $s)
              (i64.extend_i32_u (i32.add (i32.const 14) (i32.and (local.get $bits) (i32.const 31))))))
          ;; often thousandths only
          (if (i32.and (local.get $bits) (i32.const 32))
            (then (local.set $v (i64.mul (i64.div_s (local.get $v) (i64.const 1000)) (i64.const 1000)))))
          (local.set $length (call $write (i64.add (local.get $v) (local.get $mean))))
          (if (i32.eqz (i32.and (local.get $bits) (i32.const 192)))
            (then
              (i32.store8 offset=1088
                (i32.rem_u (i32.and (i32.shr_u (local.get $bits) (i32.const 8)) (i32.const 255)) (local.get $length))
                (i32.load8_u offset=1024 (i32.and (i32.shr_u (local.get $bits) (i32.const 16)) (i32.const 7))))))
          (local.set $i (i32.const 0))
          (loop $letters
            (local.set $h
              (i32.add
                (i32.mul (local.get $h) (i32.const 31))
                (i32.load8_u offset=1088 (local.get $i))))
            (br_if $letters
              (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))
          (local.set $where (call $read (local.get $length)))
          (if (i32.lt_s (local.get $where) (i32.const 0))
            (then
              (local.set $sum (i64.add (local.get $sum) (global.get $value)))
              (local.set $good (i32.add (local.get $good) (i32.const 1))))
            (else
              (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 37)) (local.get $where)))))
          (br_if $numbers (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
        (local.set $mean
          (i64.div_s (local.get $sum) (i64.extend_i32_s (i32.add (local.get $good) (i32.const 1)))))
        (local.set $h
          (i32.xor
            (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.wrap_i64 (local.get $mean)))
            (i32.wrap_i64 (i64.shr_u (local.get $mean) (i64.const 32)))))
        (br $iterations)))
    (local.get $h)))
