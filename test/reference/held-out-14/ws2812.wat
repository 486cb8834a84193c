;; Twelve lights in a row behind a bracelet: a hue that goes round with sparks that fade, hue, saturation and value to red, green and blue (six sectors by br_table), squared for the eye, and every bit of green, red, blue becomes three bits for a serial port (100 or 110), nine bytes a light; the brightest that all together may draw is kept by a common factor.
(module
  (memory 1)
  ;; four bits as twelve
  (data (i32.const 1024) "\24\09\26\09\34\09\36\09\a4\09\a6\09\b4\09\b6\09\24\0d\26\0d\34\0d\36\0d\a4\0d\a6\0d\b4\0d\b6\0d")
  ;; at 1056: colours, u8[12][4] green, red, blue; at 1104: sparks, u8[12]; at 1120: what is sent, u8[108]
  (func $color (param $at i32) (param $hue i32) (param $saturation i32) (param $value i32)
    (local $sector i32) (local $part i32) (local $low i32) (local $fall i32) (local $rise i32)
    (local $r i32) (local $g i32) (local $b i32)
    (local.set $sector (i32.shr_u (i32.mul (local.get $hue) (i32.const 6)) (i32.const 8)))
    (local.set $part (i32.and (i32.mul (local.get $hue) (i32.const 6)) (i32.const 255)))
    (local.set $low
      (i32.shr_u
        (i32.mul (local.get $value) (i32.sub (i32.const 255) (local.get $saturation)))
        (i32.const 8)))
    (local.set $fall
      (i32.shr_u
        (i32.mul
          (local.get $value)
          (i32.sub
            (i32.const 255)
            (i32.shr_u (i32.mul (local.get $saturation) (local.get $part)) (i32.const 8))))
        (i32.const 8)))
    (local.set $rise
      (i32.shr_u
        (i32.mul
          (local.get $value)
          (i32.sub
            (i32.const 255)
            (i32.shr_u
              (i32.mul (local.get $saturation) (i32.sub (i32.const 255) (local.get $part)))
              (i32.const 8))))
        (i32.const 8)))
    (block $done
      (block $5
        (block $4
          (block $3
            (block $2
              (block $1
                (block $0
                  (br_table $0 $1 $2 $3 $4 $5 (local.get $sector)))
                (local.set $r (local.get $value))
                (local.set $g (local.get $rise))
                (local.set $b (local.get $low))
                (br $done))
              (local.set $r (local.get $fall))
              (local.set $g (local.get $value))
              (local.set $b (local.get $low))
              (br $done))
            (local.set $r (local.get $low))
            (local.set $g (local.get $value))
            (local.set $b (local.get $rise))
            (br $done))
          (local.set $r (local.get $low))
          (local.set $g (local.get $fall))
          (local.set $b (local.get $value))
          (br $done))
        (local.set $r (local.get $rise))
        (local.set $g (local.get $low))
        (local.set $b (local.get $value))
        (br $done))
      (local.set $r (local.get $value))
      (local.set $g (local.get $low))
      (local.set $b (local.get $fall)))
    (i32.store8 (local.get $at) (i32.shr_u (i32.mul (local.get $g) (local.get $g)) (i32.const 8)))
    (i32.store8 offset=1 (local.get $at) (i32.shr_u (i32.mul (local.get $r) (local.get $r)) (i32.const 8)))
    (i32.store8 offset=2 (local.get $at) (i32.shr_u (i32.mul (local.get $b) (local.get $b)) (i32.const 8))))

  (func $send (param $to i32) (param $v i32) (result i32)
    (local $bits i32)
    (local.set $bits
      (i32.or
        (i32.shl
          (i32.load16_u offset=1024 (i32.shl (i32.shr_u (local.get $v) (i32.const 4)) (i32.const 1)))
          (i32.const 12))
        (i32.load16_u offset=1024 (i32.shl (i32.and (local.get $v) (i32.const 15)) (i32.const 1)))))
    (i32.store8 (local.get $to) (i32.shr_u (local.get $bits) (i32.const 16)))
    (i32.store8 offset=1 (local.get $to) (i32.shr_u (local.get $bits) (i32.const 8)))
    (i32.store8 offset=2 (local.get $to) (local.get $bits))
    (i32.add (local.get $to) (i32.const 3)))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $hue i32) (local $spark i32) (local $total i32)
    (local $factor i32) (local $to i32) (local $p i32)
    (local.set $s (i32.const 2812))
    (memory.fill (i32.const 1056) (i32.const 0) (i32.const 256))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
        (local.set $hue (i32.add (local.get $hue) (i32.add (i32.const 3) (i32.shr_u (local.get $s) (i32.const 30)))))
        ;; one light becomes a spark
        (i32.store8 offset=1104
          (i32.rem_u (i32.shr_u (local.get $s) (i32.const 8)) (i32.const 12))
          (i32.const 255))
        (local.set $total (i32.const 0))
        (local.set $i (i32.const 0))
        (loop $lights
          (local.set $spark (i32.load8_u offset=1104 (local.get $i)))
          (call $color
            (i32.add (i32.const 1056) (i32.shl (local.get $i) (i32.const 2)))
            (i32.and (i32.add (local.get $hue) (i32.mul (local.get $i) (i32.const 21))) (i32.const 255))
            (i32.sub (i32.const 255) (local.get $spark))
            (i32.add (i32.const 96) (i32.shr_u (i32.mul (local.get $spark) (i32.const 159)) (i32.const 8))))
          (local.set $p (i32.add (i32.const 1056) (i32.shl (local.get $i) (i32.const 2))))
          (local.set $total
            (i32.add
              (i32.add (local.get $total) (i32.load8_u (local.get $p)))
              (i32.add (i32.load8_u offset=1 (local.get $p)) (i32.load8_u offset=2 (local.get $p)))))
          (i32.store8 offset=1104
            (local.get $i)
            (i32.shr_u (i32.mul (local.get $spark) (i32.const 200)) (i32.const 8)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $lights (i32.lt_u (local.get $i) (i32.const 12))))
        (local.set $factor (i32.const 256))
        (if (i32.gt_u (local.get $total) (i32.const 1800))
          (then (local.set $factor (i32.div_u (i32.const 460800) (local.get $total)))))
        (local.set $to (i32.const 1120))
        (local.set $p (i32.const 1056))
        (loop $bytes
          (local.set $to
            (call $send
              (local.get $to)
              (i32.shr_u (i32.mul (i32.load8_u (local.get $p)) (local.get $factor)) (i32.const 8))))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          ;; the fourth of each light is none
          (if (i32.eq (i32.and (local.get $p) (i32.const 3)) (i32.const 3))
            (then (local.set $p (i32.add (local.get $p) (i32.const 1)))))
          (br_if $bytes (i32.lt_u (local.get $p) (i32.const 1104))))
        (local.set $i (i32.const 0))
        (loop $sum
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.load offset=1120 (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 4)))
          (br_if $sum (i32.lt_u (local.get $i) (i32.const 108))))
        (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (local.get $factor)))
        (br $again)))
    (local.get $h)))
