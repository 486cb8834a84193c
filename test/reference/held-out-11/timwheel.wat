;; Timers that cost the same however many there are: a wheel of sixteen ticks and one of sixteen turns of it, 24 timers in doubly linked rings by slot, those of the slow wheel handed down once a turn; four kinds of handlers through a table (again, back off, fade, push a partner away at the end of the tick); 120 ticks an iteration.
(module
  (type $handler (func (param i32)))
  (memory 1)
  (table 4 4 funcref)
  (elem (i32.const 0) $again $back_off $fade $push)
  ;; rings' heads at 1024: 32 of { i32 next, i32 previous }, 8 bytes
  ;; timers at 1280: 24 of { i32 next, i32 previous, i32 due, u16 period, u8 kind, u8 id }, 16 bytes
  ;; pushed: a bit for each timer
  (global $now (mut i32) (i32.const 0))
  (global $fired (mut i32) (i32.const 0))
  (global $pushed (mut i32) (i32.const 0))

  (func $unlink (param $t i32)
    (local $next i32) (local $previous i32)
    (local.set $next (i32.load (local.get $t)))
    (local.set $previous (i32.load offset=4 (local.get $t)))
    (i32.store (local.get $previous) (local.get $next))
    (i32.store offset=4 (local.get $next) (local.get $previous))
    (i32.store (local.get $t) (i32.const 0)))

  (func $link (param $t i32)
    (local $due i32) (local $head i32) (local $last i32)
    (local.set $due (i32.load offset=8 (local.get $t)))
    (local.set $head
      (if (result i32) (i32.lt_u (i32.sub (local.get $due) (global.get $now)) (i32.const 16))
        (then
          (i32.add
            (i32.const 1024)
            (i32.shl (i32.and (local.get $due) (i32.const 15)) (i32.const 3))))
        (else
          (i32.add
            (i32.const 1152)
            (i32.shl (i32.and (i32.shr_u (local.get $due) (i32.const 4)) (i32.const 15)) (i32.const 3))))))
    (local.set $last (i32.load offset=4 (local.get $head)))
    (i32.store (local.get $t) (local.get $head))
    (i32.store offset=4 (local.get $t) (local.get $last))
    (i32.store (local.get $last) (local.get $t))
    (i32.store offset=4 (local.get $head) (local.get $t)))

  (func $start (param $t i32) (param $after i32)
    (if (i32.load (local.get $t)) (then (call $unlink (local.get $t))))
    (i32.store offset=8 (local.get $t) (i32.add (global.get $now) (local.get $after)))
    (call $link (local.get $t)))

  (func $again (param $t i32)
    (call $start (local.get $t) (i32.load16_u offset=12 (local.get $t))))

  (func $back_off (param $t i32)
    (local $period i32)
    (local.set $period (i32.shl (i32.load16_u offset=12 (local.get $t)) (i32.const 1)))
    (if (i32.gt_u (local.get $period) (i32.const 200))
      (then (local.set $period (i32.add (i32.and (local.get $period) (i32.const 7)) (i32.const 3)))))
    (i32.store16 offset=12 (local.get $t) (local.get $period))
    (call $start (local.get $t) (local.get $period)))

  ;; shorter each time, then it rests for long
  (func $fade (param $t i32)
    (local $period i32)
    (local.set $period (i32.sub (i32.load16_u offset=12 (local.get $t)) (i32.const 4)))
    (if (i32.lt_s (local.get $period) (i32.const 1))
      (then (local.set $period (i32.add (i32.const 90) (i32.load8_u offset=15 (local.get $t))))))
    (i32.store16 offset=12 (local.get $t) (local.get $period))
    (call $start (local.get $t) (local.get $period)))

  (func $push (param $t i32)
    (global.set $pushed
      (i32.or
        (global.get $pushed)
        (i32.shl (i32.const 1) (i32.rem_u (i32.add (i32.load8_u offset=15 (local.get $t)) (i32.const 5)) (i32.const 24)))))
    (call $start (local.get $t) (i32.load16_u offset=12 (local.get $t))))

  (func $hand_down
    (local $head i32) (local $t i32) (local $next i32)
    (local.set $head
      (i32.add
        (i32.const 1152)
        (i32.shl (i32.and (i32.shr_u (global.get $now) (i32.const 4)) (i32.const 15)) (i32.const 3))))
    (local.set $t (i32.load (local.get $head)))
    (block $done
      (loop $each
        (br_if $done (i32.eq (local.get $t) (local.get $head)))
        (local.set $next (i32.load (local.get $t)))
        (call $unlink (local.get $t))
        (call $link (local.get $t))
        (local.set $t (local.get $next))
        (br $each))))

  (func $tick
    (local $head i32) (local $t i32) (local $place i32)
    (global.set $now (i32.add (global.get $now) (i32.const 1)))
    (if (i32.eqz (i32.and (global.get $now) (i32.const 15))) (then (call $hand_down)))
    (local.set $head
      (i32.add (i32.const 1024) (i32.shl (i32.and (global.get $now) (i32.const 15)) (i32.const 3))))
    (block $done
      (loop $each
        (br_if $done (i32.eq (local.tee $t (i32.load (local.get $head))) (local.get $head)))
        (call $unlink (local.get $t))
        (global.set $fired
          (i32.add
            (global.get $fired)
            (i32.mul
              (i32.add (i32.load8_u offset=15 (local.get $t)) (i32.const 1))
              (i32.add (i32.load16_u offset=12 (local.get $t)) (i32.const 7)))))
        (call_indirect (type $handler) (local.get $t) (i32.load8_u offset=14 (local.get $t)))
        (br $each)))
    (block $none
      (loop $each
        (br_if $none (i32.eqz (global.get $pushed)))
        (local.set $place (i32.ctz (global.get $pushed)))
        (global.set $pushed
          (i32.and (global.get $pushed) (i32.sub (global.get $pushed) (i32.const 1))))
        (call $start
          (i32.add (i32.const 1280) (i32.shl (local.get $place) (i32.const 4)))
          (i32.add (i32.const 25) (local.get $place)))
        (br $each))))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $p i32)
    (local.set $s (i32.const 1997))
    (global.set $now (i32.const 0))
    (global.set $fired (i32.const 0))
    (global.set $pushed (i32.const 0))
    (local.set $p (i32.const 1024))
    (loop $heads
      (i32.store (local.get $p) (local.get $p))
      (i32.store offset=4 (local.get $p) (local.get $p))
      (br_if $heads (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 8))) (i32.const 1280))))
    (loop $timers
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store (local.get $p) (i32.const 0))
      (i32.store16 offset=12
        (local.get $p)
        (i32.add (i32.const 3) (i32.rem_u (i32.shr_u (local.get $s) (i32.const 20)) (i32.const 75))))
      (i32.store8 offset=14 (local.get $p) (i32.and (i32.shr_u (local.get $s) (i32.const 12)) (i32.const 3)))
      (i32.store8 offset=15 (local.get $p) (local.get $i))
      (call $start (local.get $p) (i32.load16_u offset=12 (local.get $p)))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (br_if $timers (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 24))))
    (block $end
      (loop $iterations
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 120))
        (loop $ticks
          (call $tick)
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (global.get $fired)))
          (br_if $ticks (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        ;; one timer gets another kind
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (i32.store8 offset=14
          (i32.add
            (i32.const 1280)
            (i32.shl (i32.rem_u (i32.shr_u (local.get $s) (i32.const 24)) (i32.const 24)) (i32.const 4)))
          (i32.and (local.get $s) (i32.const 3)))
        (br $iterations)))
    (local.get $h)))
