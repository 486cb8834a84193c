;; Packets of a low energy radio: a check of 24 bits over header and load (lowest bits first), three bytes of it behind, all of it whitened by a register of seven bits that starts with the channel; on the other side taken off and checked, in some packets a bit has turned; the channel hops; two packets of 6 to 21 bytes and a broken one again.
(module
  (memory 1)
  ;; packet at 1024, as it was sent at 1088
  (func $check (param $p i32) (param $length i32) (param $state i32) (result i32)
    (local $end i32) (local $bits i32)
    (local.set $end (i32.add (local.get $p) (local.get $length)))
    (loop $byte
      (local.set $state (i32.xor (local.get $state) (i32.load8_u (local.get $p))))
      (local.set $bits (i32.const 8))
      (loop $bit
        (local.set $state
          (i32.xor
            (i32.shr_u (local.get $state) (i32.const 1))
            (i32.and (i32.sub (i32.const 0) (i32.and (local.get $state) (i32.const 1))) (i32.const 0xda6000))))
        (br_if $bit (local.tee $bits (i32.sub (local.get $bits) (i32.const 1)))))
      (br_if $byte (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 1))) (local.get $end))))
    (local.get $state))
  (func $whiten (param $p i32) (param $length i32) (param $channel i32)
    (local $state i32) (local $mask i32) (local $d i32)
    ;; bit 0 is the last place of the register, bit 6 its first
    (local.set $state (i32.or (local.get $channel) (i32.const 64)))
    (block $done
      (loop $byte
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (local.set $d (i32.load8_u (local.get $p)))
        (local.set $mask (i32.const 1))
        (loop $bit
          (if (i32.and (local.get $state) (i32.const 1))
            (then
              (local.set $d (i32.xor (local.get $d) (local.get $mask)))
              (local.set $state (i32.xor (local.get $state) (i32.const 0x88)))))
          (local.set $state (i32.shr_u (local.get $state) (i32.const 1)))
          (br_if $bit (i32.lt_u (local.tee $mask (i32.shl (local.get $mask) (i32.const 1))) (i32.const 256))))
        (i32.store8 (local.get $p) (local.get $d))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $byte))))
  (func $receive (param $length i32) (param $channel i32) (param $h i32) (result i32)
    (local $found i32) (local $i i32)
    (call $whiten (i32.const 1024) (i32.add (local.get $length) (i32.const 3)) (local.get $channel))
    (local.set $found (call $check (i32.const 1024) (local.get $length) (i32.const 0xaaaaaa)))
    (local.set $found
      (i32.xor
        (local.get $found)
        (i32.or
          (i32.load16_u (i32.add (local.get $length) (i32.const 1024)))
          (i32.shl (i32.load8_u offset=2 (i32.add (local.get $length) (i32.const 1024))) (i32.const 16)))))
    (if (i32.eqz (local.get $found))
      (then
        (loop $each
          (local.set $h
            (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load8_u offset=1024 (local.get $i))))
          (br_if $each (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))))
    (i32.xor (local.get $h) (local.get $found)))
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $q i32) (local $i i32) (local $h i32) (local $s i32) (local $length i32) (local $sum i32) (local $channel i32)
    (local.set $s (i32.const 2442))
    (local.set $channel (i32.const 37))
    (block $end
      (loop $again
        (br_if $end (i32.ge_s (local.get $k) (local.get $n)))
        (local.set $q (i32.const 0))
        (loop $packet
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
          (local.set $length (i32.add (i32.shr_u (local.get $s) (i32.const 28)) (i32.const 6)))
          (local.set $i (i32.const 2))
          (i32.store8 offset=1024 (i32.const 0) (i32.and (i32.shr_u (local.get $s) (i32.const 20)) (i32.const 15)))
          (i32.store8 offset=1024 (i32.const 1) (i32.sub (local.get $length) (i32.const 2)))
          (loop $fill
            (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1664525)) (i32.const 1013904223)))
            (i32.store8 offset=1024 (local.get $i) (i32.shr_u (local.get $s) (i32.const 24)))
            (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))
          (local.set $sum (call $check (i32.const 1024) (local.get $length) (i32.const 0xaaaaaa)))
          (i32.store16 offset=1024 (local.get $length) (local.get $sum))
          (i32.store8 offset=1026 (local.get $length) (i32.shr_u (local.get $sum) (i32.const 16)))
          (call $whiten (i32.const 1024) (i32.add (local.get $length) (i32.const 3)) (local.get $channel))
          (memory.copy (i32.const 1088) (i32.const 1024) (i32.const 32))
          (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (i32.load offset=1024 (i32.sub (local.get $length) (i32.const 1)))))
          ;; one of four is spoilt, and sent again when nothing came
          (if (i32.eqz (i32.shr_u (local.get $s) (i32.const 30)))
            (then
              (local.set $i (i32.rem_u (i32.shr_u (local.get $s) (i32.const 8)) (local.get $length)))
              (i32.store8 offset=1024
                (local.get $i)
                (i32.xor
                  (i32.load8_u offset=1024 (local.get $i))
                  (i32.shl (i32.const 1) (i32.and (i32.shr_u (local.get $s) (i32.const 4)) (i32.const 7)))))
              (local.set $h (call $receive (local.get $length) (local.get $channel) (local.get $h)))
              (memory.copy (i32.const 1024) (i32.const 1088) (i32.const 32))))
          (local.set $h (call $receive (local.get $length) (local.get $channel) (local.get $h)))
          (local.set $channel
            (i32.rem_u (i32.add (local.get $channel) (i32.add (i32.const 5) (i32.and (local.get $s) (i32.const 7)))) (i32.const 40)))
          (br_if $packet (i32.lt_u (local.tee $q (i32.add (local.get $q) (i32.const 1))) (i32.const 2))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br $again)))
    (local.get $h)))
