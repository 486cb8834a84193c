;; What lies together on a mat of 24 by 14 pressure points: points above a level that moves with the mean are taken piece by piece, neighbours over a stack of places in words of 16 bits; of each piece its area, its weight and the box around it; the three heaviest are kept in order.
(module
  (memory 1)
  ;; points at 1024 (26 by 16 bytes with an edge of zeros), stack at 1536, pieces at 3072: weight, area, box
  (func $visit (param $p i32) (param $sp i32) (param $level i32) (result i32)
    (if (i32.gt_u (i32.load8_u (local.get $p)) (local.get $level))
      (then
        (i32.store16 (local.get $sp) (i32.or (local.get $p) (i32.shl (i32.load8_u (local.get $p)) (i32.const 11))))
        (i32.store8 (local.get $p) (i32.const 0))
        (return (i32.add (local.get $sp) (i32.const 2)))))
    (local.get $sp))
  (func $fill (param $p i32) (param $level i32) (param $piece i32)
    (local $sp i32) (local $weight i32) (local $area i32) (local $x i32) (local $y i32)
    (local $left i32) (local $right i32) (local $top i32) (local $bottom i32) (local $word i32)
    (local.set $left (i32.const 99))
    (local.set $top (i32.const 99))
    (local.set $sp (call $visit (local.get $p) (i32.const 1536) (local.get $level)))
    (loop $next
      (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
      (local.set $word (i32.load16_u (local.get $sp)))
      (local.set $weight (i32.add (local.get $weight) (i32.shr_u (local.get $word) (i32.const 11))))
      (local.set $area (i32.add (local.get $area) (i32.const 1)))
      (local.set $p (i32.and (local.get $word) (i32.const 2047)))
      (local.set $y (i32.div_u (i32.sub (local.get $p) (i32.const 1024)) (i32.const 26)))
      (local.set $x (i32.rem_u (i32.sub (local.get $p) (i32.const 1024)) (i32.const 26)))
      (local.set $left (select (local.get $x) (local.get $left) (i32.lt_u (local.get $x) (local.get $left))))
      (local.set $right (select (local.get $x) (local.get $right) (i32.gt_u (local.get $x) (local.get $right))))
      (local.set $top (select (local.get $y) (local.get $top) (i32.lt_u (local.get $y) (local.get $top))))
      (local.set $bottom (select (local.get $y) (local.get $bottom) (i32.gt_u (local.get $y) (local.get $bottom))))
      (local.set $sp (call $visit (i32.sub (local.get $p) (i32.const 26)) (local.get $sp) (local.get $level)))
      (local.set $sp (call $visit (i32.add (local.get $p) (i32.const 26)) (local.get $sp) (local.get $level)))
      (local.set $sp (call $visit (i32.sub (local.get $p) (i32.const 1)) (local.get $sp) (local.get $level)))
      (local.set $sp (call $visit (i32.add (local.get $p) (i32.const 1)) (local.get $sp) (local.get $level)))
      (br_if $next (i32.gt_u (local.get $sp) (i32.const 1536))))
    (i32.store (local.get $piece) (local.get $weight))
    (i32.store offset=4 (local.get $piece) (local.get $area))
    (i32.store offset=8
      (local.get $piece)
      (i32.or
        (i32.or (local.get $left) (i32.shl (local.get $right) (i32.const 8)))
        (i32.or (i32.shl (local.get $top) (i32.const 16)) (i32.shl (local.get $bottom) (i32.const 24))))))
  ;; moves the piece at 3120 up to where it belongs among three
  (func $rank
    (local $to i32)
    (local.set $to (i32.const 3108))
    (block $placed
      (loop $up
        (br_if $placed (i32.le_u (i32.load (i32.const 3120)) (i32.load (i32.sub (local.get $to) (i32.const 12)))))
        (memory.copy (local.get $to) (i32.sub (local.get $to) (i32.const 12)) (i32.const 12))
        (local.set $to (i32.sub (local.get $to) (i32.const 12)))
        (br_if $up (i32.gt_u (local.get $to) (i32.const 3072)))))
    (memory.copy (local.get $to) (i32.const 3120) (i32.const 12)))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $h i32) (local $s i32) (local $p i32) (local $sum i32) (local $level i32) (local $pieces i32) (local $v i32)
    (local.set $s (i32.const 1984))
    (local.set $level (i32.const 12))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (memory.fill (i32.const 1024) (i32.const 0) (i32.const 416))
        (local.set $sum (i32.const 0))
        (local.set $p (i32.const 1051))
        (loop $row
          (local.set $i (i32.const 24))
          (loop $column
            (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
            ;; half of the point to the left, half of the one above, something new
            (local.set $v
              (i32.shr_u
                (i32.add
                  (i32.add
                    (i32.load8_u (i32.sub (local.get $p) (i32.const 1)))
                    (i32.load8_u (i32.sub (local.get $p) (i32.const 26))))
                  (i32.shl (i32.shr_u (local.get $s) (i32.const 27)) (i32.const 1)))
                (i32.const 2)))
            (i32.store8 (local.get $p) (local.get $v))
            (local.set $sum (i32.add (local.get $sum) (local.get $v)))
            (local.set $p (i32.add (local.get $p) (i32.const 1)))
            (br_if $column (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
          (local.set $p (i32.add (local.get $p) (i32.const 2)))
          (br_if $row (i32.lt_u (local.get $p) (i32.const 1415))))
        (local.set $level
          (i32.shr_u (i32.add (local.get $level) (i32.div_u (i32.mul (local.get $sum) (i32.const 3)) (i32.const 336))) (i32.const 2)))
        (local.set $level (i32.add (local.get $level) (i32.const 1)))
        (memory.fill (i32.const 3072) (i32.const 0) (i32.const 60))
        (local.set $pieces (i32.const 0))
        (local.set $p (i32.const 1051))
        (loop $point
          (if (i32.gt_u (i32.load8_u (local.get $p)) (local.get $level))
            (then
              (call $fill (local.get $p) (local.get $level) (i32.const 3120))
              (local.set $pieces (i32.add (local.get $pieces) (i32.const 1)))
              (call $rank)))
          (br_if $point (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (i32.const 1415))))
        (local.set $i (i32.const 3072))
        (loop $word
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load (local.get $i))))
          (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 3108))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $pieces)))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
