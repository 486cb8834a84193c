;; A board game in a quiet minute: Othello on two maps of 64 squares, legal moves in eight directions by shifts of whole boards, the move that turns most (corners count more), what it turns by walking each way on the map; nine moves an iteration, a game that ends begins anew from a board that is not quite the usual one.
(module
  (memory 1)
  (global $own (mut i64) (i64.const 0))
  (global $other (mut i64) (i64.const 0))
  ;; directions: 1 west-east, 7, 8, 9; the negative ones to the right
  (func $step (param $b i64) (param $d i32) (result i64)
    (block $right
      (block $left9
        (block $left8
          (block $left7
            (block $left1
              (br_table $left1 $left7 $left8 $left9 $right (local.get $d)))
            (return
              (i64.shl
                (i64.and (local.get $b) (i64.const 0x7f7f7f7f7f7f7f7f))
                (i64.const 1))))
          (return
            (i64.shl
              (i64.and (local.get $b) (i64.const 0xfefefefefefefefe))
              (i64.const 7))))
        (return (i64.shl (local.get $b) (i64.const 8))))
      (return
        (i64.shl
          (i64.and (local.get $b) (i64.const 0x7f7f7f7f7f7f7f7f))
          (i64.const 9))))
    (if (i32.eq (local.get $d) (i32.const 4))
      (then
        (return
          (i64.shr_u
            (i64.and (local.get $b) (i64.const 0xfefefefefefefefe))
            (i64.const 1)))))
    (if (i32.eq (local.get $d) (i32.const 5))
      (then
        (return
          (i64.shr_u
            (i64.and (local.get $b) (i64.const 0x7f7f7f7f7f7f7f7f))
            (i64.const 7)))))
    (if (i32.eq (local.get $d) (i32.const 6))
      (then (return (i64.shr_u (local.get $b) (i64.const 8)))))
    (i64.shr_u
      (i64.and (local.get $b) (i64.const 0xfefefefefefefefe))
      (i64.const 9)))
  (func $moves (result i64)
    (local $d i32) (local $run i64) (local $all i64) (local $empty i64) (local $i i32)
    (local.set $empty
      (i64.xor (i64.or (global.get $own) (global.get $other)) (i64.const -1)))
    (loop $direction
      (local.set $run (i64.and (call $step (global.get $own) (local.get $d)) (global.get $other)))
      (local.set $i (i32.const 5))
      (loop $along
        (local.set $run
          (i64.or
            (local.get $run)
            (i64.and (call $step (local.get $run) (local.get $d)) (global.get $other))))
        (br_if $along (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (local.set $all
        (i64.or
          (local.get $all)
          (i64.and (call $step (local.get $run) (local.get $d)) (local.get $empty))))
      (br_if $direction
        (i32.lt_u
          (local.tee $d (i32.add (local.get $d) (i32.const 1)))
          (i32.const 8))))
    (local.get $all))
  (func $turned (param $at i64) (result i64)
    (local $d i32) (local $x i64) (local $run i64) (local $all i64)
    (loop $direction
      (local.set $run (i64.const 0))
      (local.set $x (call $step (local.get $at) (local.get $d)))
      (block $stop
        (loop $along
          (br_if $stop (i64.eqz (i64.and (local.get $x) (global.get $other))))
          (local.set $run (i64.or (local.get $run) (local.get $x)))
          (local.set $x (call $step (local.get $x) (local.get $d)))
          (br $along)))
      (if (i32.eqz (i64.eqz (i64.and (local.get $x) (global.get $own))))
        (then (local.set $all (i64.or (local.get $all) (local.get $run)))))
      (br_if $direction
        (i32.lt_u
          (local.tee $d (i32.add (local.get $d) (i32.const 1)))
          (i32.const 8))))
    (local.get $all))
  (func $exchange
    (global.get $own)
    (global.set $own (global.get $other))
    (global.set $other))
  ;; what was played, as square and stones turned; -1 where there is nothing to play
  (func $play (result i32)
    (local $moves i64) (local $at i64) (local $flips i64)
    (local $best i64) (local $bestFlips i64) (local $value i32) (local $greatest i32)
    (local.set $moves (call $moves))
    (local.set $greatest (i32.const -1))
    (block $none
      (loop $each
        (br_if $none (i64.eqz (local.get $moves)))
        (local.set $at
          (i64.and (local.get $moves) (i64.sub (i64.const 0) (local.get $moves))))
        (local.set $moves (i64.xor (local.get $moves) (local.get $at)))
        (local.set $flips (call $turned (local.get $at)))
        (local.set $value (i32.wrap_i64 (i64.popcnt (local.get $flips))))
        (if (i32.eqz (i64.eqz (i64.and (local.get $at) (i64.const 0x8100000000000081))))
          (then (local.set $value (i32.add (local.get $value) (i32.const 10)))))
        (if (i32.gt_s (local.get $value) (local.get $greatest))
          (then
            (local.set $greatest (local.get $value))
            (local.set $best (local.get $at))
            (local.set $bestFlips (local.get $flips))))
        (br $each)))
    (if (i64.eqz (local.get $best))
      (then (return (i32.const -1))))
    (global.set $own
      (i64.or (global.get $own) (i64.or (local.get $best) (local.get $bestFlips))))
    (global.set $other (i64.xor (global.get $other) (local.get $bestFlips)))
    (i32.add
      (i32.mul (i32.wrap_i64 (i64.ctz (local.get $best))) (i32.const 64))
      (local.get $greatest)))
  (func $begin (param $s i32)
    (global.set $own (i64.const 0x0000000810000000))
    (global.set $other (i64.const 0x0000001008000000))
    ;; two squares besides
    (global.set $own
      (i64.or
        (global.get $own)
        (i64.shl (i64.const 1) (i64.extend_i32_u (i32.and (local.get $s) (i32.const 15))))))
    (global.set $other
      (i64.or
        (global.get $other)
        (i64.shl
          (i64.const 1)
          (i64.extend_i32_u
            (i32.add
              (i32.const 48)
              (i32.and (i32.shr_u (local.get $s) (i32.const 4)) (i32.const 15))))))))
  (func (export "run") (param $n i32) (result i32)
    (local $h i32) (local $s i32) (local $i i32) (local $move i32) (local $passed i32)
    (local.set $s (i32.const 88))
    (call $begin (i32.const 0x93))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 9))
        (loop $turn
          (local.set $move (call $play))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $move)))
          (if (i32.lt_s (local.get $move) (i32.const 0))
            (then (local.set $passed (i32.add (local.get $passed) (i32.const 1))))
            (else (local.set $passed (i32.const 0))))
          (if (i32.eq (local.get $passed) (i32.const 2))
            (then
              (local.set $h
                (i32.add
                  (i32.mul (local.get $h) (i32.const 31))
                  (i32.sub
                    (i32.wrap_i64 (i64.popcnt (global.get $own)))
                    (i32.wrap_i64 (i64.popcnt (global.get $other))))))
              (local.set $s
                (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
              (call $begin (i32.shr_u (local.get $s) (i32.const 12)))
              (local.set $passed (i32.const 0)))
            (else (call $exchange)))
          (br_if $turn (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (br $again)))
    (i32.xor
      (local.get $h)
      (i32.wrap_i64
        (i64.xor
          (global.get $own)
          (i64.shr_u (i64.mul (global.get $other) (i64.const 0x9e3779b97f4a7c15)) (i64.const 32)))))))
