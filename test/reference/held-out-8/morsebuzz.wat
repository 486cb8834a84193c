;; Text felt on the wrist: letters and digits as Morse code out of a table (a one, then its signs), written as durations with pauses between signs, letters and words; then read back from the durations through the same table; 30 letters.
(module
  (memory 1)
  ;; codes of a to z, then of 0 to 9: a one in front, then 0 short, 1 long
  (data (i32.const 1024)
    "\05\18\1a\0c\02\12\0e\10\04\17\0d\14\07\06\0f\16\1d\0a\08\03\09\11\0b\19\1b\1c"
    "\3f\2f\27\23\21\20\30\38\3c\3e")
  ;; text at 1280, durations at 1344 (shakes and pauses in turn), letters by code at 2048
  (global $out (mut i32) (i32.const 0))
  (func $table
    (local $i i32)
    (loop $each
      (i32.store8 offset=2048
        (i32.load8_u offset=1024 (local.get $i))
        (select
          (i32.add (local.get $i) (i32.const 97))
          (i32.add (local.get $i) (i32.const 22))
          (i32.lt_u (local.get $i) (i32.const 26))))
      (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 36)))))
  ;; 0 letter, 1 digit, 2 blank, 3 anything else
  (func $kind (param $c i32) (result i32)
    (if (i32.lt_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 26)) (then (return (i32.const 0))))
    (if (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10)) (then (return (i32.const 1))))
    (select (i32.const 2) (i32.const 3) (i32.eq (local.get $c) (i32.const 32))))
  (func $put (param $v i32)
    (i32.store8 offset=1344 (global.get $out) (local.get $v))
    (global.set $out (i32.add (global.get $out) (i32.const 1))))
  ;; The pause behind a sign is made longer when a letter or a word ends.
  (func $rest (param $v i32)
    (if (global.get $out)
      (then (i32.store8 offset=1343 (global.get $out) (local.get $v)))))
  (func $send (param $code i32)
    (local $bit i32)
    (local.set $bit (i32.sub (i32.const 31) (i32.clz (local.get $code))))
    (loop $sign
      (local.set $bit (i32.sub (local.get $bit) (i32.const 1)))
      (call $put
        (select (i32.const 3) (i32.const 1) (i32.and (i32.shr_u (local.get $code) (local.get $bit)) (i32.const 1))))
      (call $put (i32.const 1))
      (br_if $sign (local.get $bit)))
    (call $rest (i32.const 3)))
  (func $encode (param $count i32)
    (local $i i32) (local $c i32)
    (loop $each
      (local.set $c (i32.load8_u offset=1280 (local.get $i)))
      (block $done
        (block $other
          (block $blank
            (block $digit
              (block $letter
                (br_table $letter $digit $blank $other (call $kind (local.get $c))))
              (call $send (i32.load8_u (i32.add (local.get $c) (i32.const 927))))
              (br $done))
            (call $send (i32.load8_u (i32.add (local.get $c) (i32.const 1002))))
            (br $done))
          (call $rest (i32.const 7))
          (br $done))
        ;; what has no code is a long shake
        (call $put (i32.const 9))
        (call $put (i32.const 3)))
      (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count)))))
  (func $decode (param $h i32) (result i32)
    (local $i i32) (local $code i32) (local $pause i32) (local $shake i32)
    (local.set $code (i32.const 1))
    (loop $sign
      (local.set $shake (i32.load8_u offset=1344 (local.get $i)))
      (local.set $pause (i32.load8_u offset=1345 (local.get $i)))
      (if (i32.gt_u (local.get $shake) (i32.const 3))
        (then (local.set $code (i32.const 0)))
        (else
          (local.set $code
            (i32.add (i32.shl (local.get $code) (i32.const 1)) (i32.shr_u (local.get $shake) (i32.const 1))))))
      (if (i32.gt_u (local.get $pause) (i32.const 1))
        (then
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (select (i32.load8_u offset=2048 (local.get $code)) (i32.const 63) (local.get $code))))
          (local.set $code (i32.const 1))
          (if (i32.gt_u (local.get $pause) (i32.const 3))
            (then (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.const 32)))))))
      (br_if $sign (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (global.get $out))))
    (local.get $h))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i32) (local $t i32)
    (call $table)
    (local.set $s (i32.const 8))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $i (i32.const 0))
        (loop $letter
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (local.set $t (i32.rem_u (i32.shr_u (local.get $s) (i32.const 16)) (i32.const 42)))
          (i32.store8 offset=1280 (local.get $i)
            (if (result i32) (i32.lt_u (local.get $t) (i32.const 26))
              (then (i32.add (local.get $t) (i32.const 97)))
              (else
                (if (result i32) (i32.lt_u (local.get $t) (i32.const 36))
                  (then (i32.add (local.get $t) (i32.const 22)))
                  (else (select (i32.const 46) (i32.const 32) (i32.eq (local.get $t) (i32.const 41))))))))
          (br_if $letter (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 30))))
        (global.set $out (i32.const 0))
        (call $encode (i32.const 30))
        (local.set $h (call $decode (local.get $h)))
        (local.set $t (i32.const 0))
        (local.set $i (i32.const 0))
        (loop $sum
          (local.set $t (i32.add (local.get $t) (i32.load8_u offset=1344 (local.get $i))))
          (br_if $sum (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $out))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $t)))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
