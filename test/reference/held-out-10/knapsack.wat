;; What the radio sends before the battery is empty: eleven records with a cost and a worth, the greatest worth within a budget of 90 to 105 by a table of sums that goes from the dearest down, for each place a map of bits says which records were taken; then the records are found back; costs and worths move, what was sent is worth less.
(module
  (memory 1)
  ;; records { cost: u8, worth: u16 at 2 }[11] at 1024; sums i32[106] at 1152; taken u16[106] at 1600
  (func $solve (param $budget i32) (result i32)
    (local $r i32) (local $w i32) (local $cost i32) (local $worth i32)
    (local $with i32) (local $p i32) (local $back i32)
    (memory.fill (i32.const 1152) (i32.const 0) (i32.const 660))
    (loop $record
      (local.set $cost (i32.load8_u offset=1024 (i32.shl (local.get $r) (i32.const 2))))
      (local.set $worth (i32.load16_u offset=1026 (i32.shl (local.get $r) (i32.const 2))))
      (local.set $w (local.get $budget))
      (block $cheaper
        (loop $down
          (br_if $cheaper (i32.lt_s (local.get $w) (local.get $cost)))
          (local.set $p (i32.shl (local.get $w) (i32.const 2)))
          (local.set $back (i32.sub (local.get $w) (local.get $cost)))
          (local.set $with
            (i32.add
              (i32.load offset=1152 (i32.shl (local.get $back) (i32.const 2)))
              (local.get $worth)))
          (if (i32.gt_s (local.get $with) (i32.load offset=1152 (local.get $p)))
            (then
              (i32.store offset=1152 (local.get $p) (local.get $with))
              (i32.store16 offset=1600
                (i32.shl (local.get $w) (i32.const 1))
                (i32.or
                  (i32.load16_u offset=1600 (i32.shl (local.get $back) (i32.const 1)))
                  (i32.shl (i32.const 1) (local.get $r))))))
          (local.set $w (i32.sub (local.get $w) (i32.const 1)))
          (br $down)))
      (br_if $record
        (i32.lt_u
          (local.tee $r (i32.add (local.get $r) (i32.const 1)))
          (i32.const 11))))
    (i32.load offset=1152 (i32.shl (local.get $budget) (i32.const 2))))
  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $r i32) (local $budget i32) (local $taken i32) (local $p i32)
    (local.set $s (i32.const 4711))
    (loop $make
      (local.set $s
        (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
      (local.set $p (i32.shl (local.get $r) (i32.const 2)))
      (i32.store8 offset=1024
        (local.get $p)
        (i32.add (i32.const 6) (i32.shr_u (local.get $s) (i32.const 27))))
      (i32.store16 offset=1026
        (local.get $p)
        (i32.add
          (i32.const 40)
          (i32.and (i32.shr_u (local.get $s) (i32.const 12)) (i32.const 1023))))
      (br_if $make
        (i32.lt_u
          (local.tee $r (i32.add (local.get $r) (i32.const 1)))
          (i32.const 11))))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $s
          (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $budget
          (i32.add (i32.const 90) (i32.shr_u (local.get $s) (i32.const 28))))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (call $solve (local.get $budget))))
        (local.set $taken
          (i32.load16_u offset=1600 (i32.shl (local.get $budget) (i32.const 1))))
        (local.set $h
          (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $taken)))
        (local.set $r (i32.const 0))
        (loop $after
          (local.set $p (i32.shl (local.get $r) (i32.const 2)))
          (i32.store16 offset=1026
            (local.get $p)
            (select
              (i32.add
                (i32.shr_u (i32.load16_u offset=1026 (local.get $p)) (i32.const 1))
                (i32.const 9))
              (i32.add
                (i32.load16_u offset=1026 (local.get $p))
                (i32.and (i32.shr_u (local.get $s) (local.get $r)) (i32.const 63)))
              (i32.and (i32.shr_u (local.get $taken) (local.get $r)) (i32.const 1))))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.load16_u offset=1026 (local.get $p))))
          (br_if $after
            (i32.lt_u
              (local.tee $r (i32.add (local.get $r) (i32.const 1)))
              (i32.const 11))))
        (br $again)))
    (local.get $h)))
