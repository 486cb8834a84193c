;; A watch that hears remote controls (the code of NEC): lengths of light and dark in steps of 16 microseconds are made first, with jitter, sometimes hurt or a repetition; then a machine of five states by br_table takes them: head, pause, bits of two lengths, the last light; both bytes must come with their opposites, a repetition counts while a key is held.
(module
  (memory 1)
  ;; lengths at 1024, u16[68]
  (global $seed (mut i32) (i32.const 0))
  (global $end (mut i32) (i32.const 0))
  (global $state (mut i32) (i32.const 0))
  (global $word (mut i32) (i32.const 0))
  (global $bits (mut i32) (i32.const 0))
  (global $key (mut i32) (i32.const -1))
  (global $held (mut i32) (i32.const 0))
  (global $faults (mut i32) (i32.const 0))

  (func $next (result i32)
    (global.set $seed
      (i32.add (i32.mul (global.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
    (i32.shr_u (global.get $seed) (i32.const 16)))

  ;; a length with an eighth of jitter
  (func $write (param $length i32)
    (i32.store16
      (global.get $end)
      (i32.add
        (local.get $length)
        (i32.shr_s
          (i32.mul
            (local.get $length)
            (i32.sub (i32.and (call $next) (i32.const 255)) (i32.const 128)))
          (i32.const 10))))
    (global.set $end (i32.add (global.get $end) (i32.const 2))))

  (func $make
    (local $kind i32) (local $v i32) (local $i i32)
    (global.set $end (i32.const 1024))
    (local.set $kind (call $next))
    (call $write (i32.const 562))
    (if (i32.eqz (i32.and (local.get $kind) (i32.const 3)))
      (then
        (call $write (i32.const 141))
        (call $write (i32.const 35)))
      (else
        (call $write (i32.const 281))
        (local.set $v (i32.and (call $next) (i32.const 255)))
        (local.set $v
          (i32.or
            (local.get $v)
            (i32.shl (i32.xor (local.get $v) (i32.const 255)) (i32.const 8))))
        (local.set $i (i32.and (call $next) (i32.const 255)))
        (local.set $v
          (i32.or
            (local.get $v)
            (i32.or
              (i32.shl (local.get $i) (i32.const 16))
              (i32.shl (i32.xor (local.get $i) (i32.const 255)) (i32.const 24)))))
        (local.set $i (i32.const 32))
        (loop $bit
          (call $write (i32.const 35))
          (call $write
            (select (i32.const 106) (i32.const 35) (i32.and (local.get $v) (i32.const 1))))
          (local.set $v (i32.shr_u (local.get $v) (i32.const 1)))
          (br_if $bit (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (call $write (i32.const 35))))
    ;; one in eight is hurt
    (if (i32.eqz (i32.and (local.get $kind) (i32.const 0x70)))
      (then
        (local.set $i
          (i32.add
            (i32.const 1024)
            (i32.and
              (i32.rem_u (call $next) (i32.sub (global.get $end) (i32.const 1024)))
              (i32.const -2))))
        (i32.store16
          (local.get $i)
          (i32.xor
            (i32.load16_u (local.get $i))
            (i32.and (call $next) (i32.const 0x7f)))))))

  (func $near (param $length i32) (param $wanted i32) (result i32)
    (i32.lt_u
      (i32.add
        (i32.sub (local.get $length) (local.get $wanted))
        (i32.shr_u (local.get $wanted) (i32.const 2)))
      (i32.shr_u (local.get $wanted) (i32.const 1))))

  (func $fault
    (global.set $faults (i32.add (global.get $faults) (i32.const 1)))
    (global.set $state (i32.const 0)))

  ;; whether a key was understood
  (func $take (param $length i32) (result i32)
    (block $wrong
      (block $last
        (block $dark
          (block $light
            (block $pause
              (block $head
                (br_table $head $pause $light $dark $last (global.get $state)))
              ;; head: waits without complaint
              (global.set $state (call $near (local.get $length) (i32.const 562)))
              (return (i32.const 0)))
            (global.set $bits (i32.const 0))
            (if (call $near (local.get $length) (i32.const 281))
              (then
                (global.set $state (i32.const 2))
                (return (i32.const 0))))
            (br_if $wrong (i32.eqz (call $near (local.get $length) (i32.const 141))))
            ;; a repetition
            (global.set $bits (i32.const 64))
            (global.set $state (i32.const 4))
            (return (i32.const 0)))
          (br_if $wrong (i32.eqz (call $near (local.get $length) (i32.const 35))))
          (global.set $state (i32.const 3))
          (return (i32.const 0)))
        (global.set $word (i32.shr_u (global.get $word) (i32.const 1)))
        (if (i32.eqz (call $near (local.get $length) (i32.const 35)))
          (then
            (br_if $wrong (i32.eqz (call $near (local.get $length) (i32.const 106))))
            (global.set $word (i32.or (global.get $word) (i32.const 0x80000000)))))
        (global.set $bits (i32.add (global.get $bits) (i32.const 1)))
        (global.set $state
          (select (i32.const 4) (i32.const 2) (i32.eq (global.get $bits) (i32.const 32))))
        (return (i32.const 0)))
      (br_if $wrong (i32.eqz (call $near (local.get $length) (i32.const 35))))
      (global.set $state (i32.const 0))
      (if (i32.eq (global.get $bits) (i32.const 64))
        (then
          (br_if $wrong (i32.lt_s (global.get $key) (i32.const 0)))
          (global.set $held (i32.add (global.get $held) (i32.const 1)))
          (return (i32.const 1))))
      (br_if $wrong
        (i32.ne
          (i32.and
            (i32.xor (global.get $word) (i32.shr_u (global.get $word) (i32.const 8)))
            (i32.const 0x00ff00ff))
          (i32.const 0x00ff00ff)))
      (global.set $key
        (i32.or
          (i32.and (global.get $word) (i32.const 255))
          (i32.and (i32.shr_u (global.get $word) (i32.const 8)) (i32.const 0xff00))))
      (global.set $held (i32.const 0))
      (return (i32.const 1)))
    (call $fault)
    (global.set $key (i32.const -1))
    (i32.const 0))

  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $p i32) (local $understood i32)
    (global.set $seed (i32.const 38))
    (global.set $state (i32.const 0))
    (global.set $key (i32.const -1))
    (global.set $held (i32.const 0))
    (global.set $faults (i32.const 0))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (call $make)
        (local.set $understood (i32.const 0))
        (local.set $p (i32.const 1024))
        (loop $lengths
          (local.set $understood
            (i32.or (local.get $understood) (call $take (i32.load16_u (local.get $p)))))
          (local.set $p (i32.add (local.get $p) (i32.const 2)))
          (br_if $lengths (i32.lt_u (local.get $p) (global.get $end))))
        ;; it stays dark: what was half read is forgotten
        (if (global.get $state)
          (then (call $fault)))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.add
              (i32.add (global.get $key) (i32.shl (global.get $held) (i32.const 17)))
              (i32.add (local.get $understood) (i32.shl (global.get $faults) (i32.const 22))))))
        (br $again)))
    (local.get $h)))
