;; Tones and vibration mixed: four voices of 16 bits with a pitch of 16.16 and gains left and right that glide to their goals, added, halved and clipped by select into frames of two channels; a voice that ends begins anew.
(module
  (memory 1 1)
  ;; a voice at 1024 + 32 v: position, pitch, length (16.16), left, right, goal left, goal right, start of its samples
  (func $glide (param $p i32)
    (local $d i32)
    (local.set $d (i32.sub (i32.load offset=20 (local.get $p)) (i32.load offset=12 (local.get $p))))
    (i32.store offset=12 (local.get $p) (i32.add (i32.load offset=12 (local.get $p)) (i32.shr_s (local.get $d) (i32.const 4))))
    (local.set $d (i32.sub (i32.load offset=24 (local.get $p)) (i32.load offset=16 (local.get $p))))
    (i32.store offset=16 (local.get $p) (i32.add (i32.load offset=16 (local.get $p)) (i32.shr_s (local.get $d) (i32.const 4)))))
  (func $clip (param $v i32) (result i32)
    (local.set $v (select (i32.const 32767) (local.get $v) (i32.gt_s (local.get $v) (i32.const 32767))))
    (select (i32.const -32768) (local.get $v) (i32.lt_s (local.get $v) (i32.const -32768))))
  (func $mix (param $frames i32)
    (local $out i32) (local $p i32) (local $left i32) (local $right i32) (local $at i32) (local $s i32) (local $a i32)
    (local.set $out (i32.const 8192))
    (loop $frame
      (local.set $left (i32.const 0))
      (local.set $right (i32.const 0))
      (local.set $p (i32.const 1024))
      (loop $voice
        (local.set $at (i32.load (local.get $p)))
        ;; a straight line between two samples
        (local.set $a (i32.add (i32.load offset=28 (local.get $p)) (i32.shl (i32.shr_u (local.get $at) (i32.const 16)) (i32.const 1))))
        (local.set $s (i32.load16_s (local.get $a)))
        (local.set $s (i32.add (local.get $s)
          (i32.shr_s
            (i32.mul
              (i32.sub (i32.load16_s offset=2 (local.get $a)) (local.get $s))
              (i32.shr_u (i32.and (local.get $at) (i32.const 0xffff)) (i32.const 2)))
            (i32.const 14))))
        (local.set $left (i32.add (local.get $left) (i32.shr_s (i32.mul (local.get $s) (i32.load offset=12 (local.get $p))) (i32.const 14))))
        (local.set $right (i32.add (local.get $right) (i32.shr_s (i32.mul (local.get $s) (i32.load offset=16 (local.get $p))) (i32.const 14))))
        (local.set $at (i32.add (local.get $at) (i32.load offset=4 (local.get $p))))
        (if (i32.ge_u (local.get $at) (i32.load offset=8 (local.get $p)))
          (then (local.set $at (i32.sub (local.get $at) (i32.load offset=8 (local.get $p))))))
        (i32.store (local.get $p) (local.get $at))
        (br_if $voice (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 32))) (i32.const 1152))))
      (i32.store16 (local.get $out) (call $clip (i32.shr_s (local.get $left) (i32.const 1))))
      (i32.store16 offset=2 (local.get $out) (call $clip (i32.shr_s (local.get $right) (i32.const 1))))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (if (i32.eqz (i32.and (local.get $out) (i32.const 31)))
        (then
          (local.set $p (i32.const 1024))
          (loop $each
            (call $glide (local.get $p))
            (br_if $each (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 32))) (i32.const 1152))))))
      (br_if $frame (local.tee $frames (i32.sub (local.get $frames) (i32.const 1))))))
  (func $wave
    (local $i i32) (local $v i32) (local $t i32)
    (loop $samples
      (local.set $v (i32.div_u (local.get $i) (i32.const 51)))
      (local.set $t (i32.rem_u (local.get $i) (i32.const 51)))
      ;; the last sample of a voice is its first again
      (if (i32.eq (local.get $t) (i32.const 50)) (then (local.set $t (i32.const 0))))
      (i32.store16 offset=2048 (i32.shl (local.get $i) (i32.const 1))
        (i32.sub
          (i32.and
            (i32.mul (i32.mul (local.get $t) (local.get $t)) (i32.add (i32.mul (local.get $v) (i32.const 517)) (i32.const 1291)))
            (i32.const 0xffff))
          (i32.const 32768)))
      (br_if $samples (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 204)))))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $v i32) (local $p i32) (local $h i32)
    (call $wave)
    (loop $set
      (local.set $p (i32.add (i32.const 1024) (i32.shl (local.get $v) (i32.const 5))))
      (i32.store offset=4 (local.get $p) (i32.add (i32.mul (local.get $v) (i32.const 20011)) (i32.const 40000)))
      (i32.store offset=8 (local.get $p) (i32.const 3276800))
      (i32.store offset=28 (local.get $p) (i32.add (i32.const 2048) (i32.mul (local.get $v) (i32.const 102))))
      (br_if $set (i32.lt_u (local.tee $v (i32.add (local.get $v) (i32.const 1))) (i32.const 4))))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $v (i32.const 0))
        (loop $goals
          (local.set $p (i32.add (i32.const 1024) (i32.shl (local.get $v) (i32.const 5))))
          (i32.store offset=20 (local.get $p) (i32.and (i32.mul (i32.add (local.get $k) (local.get $v)) (i32.const 5003)) (i32.const 16383)))
          (i32.store offset=24 (local.get $p) (i32.and (i32.mul (i32.add (local.get $k) (local.get $v)) (i32.const 9001)) (i32.const 16383)))
          (br_if $goals (i32.lt_u (local.tee $v (i32.add (local.get $v) (i32.const 1))) (i32.const 4))))
        (call $mix (i32.const 64))
        (local.set $p (i32.const 0))
        (loop $sum
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load offset=8192 (local.get $p))))
          (br_if $sum (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 12))) (i32.const 252))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
