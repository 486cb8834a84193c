;; A tag that answers by turning its carrier over: 160 samples of 8 bits, a carrier that drifts is followed by a loop of Costas (an oscillator of 32 bits with 64 places of a sine, two arms through low-passes, their product steers phase and speed), bits of sixteen samples are summed where an early and a late half agree, bytes from differences of neighbours.
(module
  (memory 1)
  (data (i32.const 1024) "\00\0c\19\25\31\3c\47\51\5a\62\6a\70\75\7a\7d\7e\7f\7e\7d\7a\75\70\6a\62\5a\51\47\3c\31\25\19\0c\00\f4\e7\db\cf\c4\b9\af\a6\9e\96\90\8b\86\83\82\81\82\83\86\8b\90\96\9e\a6\af\b9\c4\cf\db\e7\f4")
  (global $phase (mut i32) (i32.const 0))
  (global $speed (mut i32) (i32.const 0))
  (global $inphase (mut i32) (i32.const 0))
  (global $quadrature (mut i32) (i32.const 0))

  (func $sine (param $phase i32) (result i32)
    (i32.load8_s offset=1024 (i32.shr_u (local.get $phase) (i32.const 26))))

  (func $limit (param $v i32) (param $most i32) (result i32)
    (if (result i32) (i32.gt_s (local.get $v) (local.get $most))
      (then (local.get $most))
      (else
        (select
          (local.get $v)
          (i32.sub (i32.const 0) (local.get $most))
          (i32.gt_s (local.get $v) (i32.sub (i32.const 0) (local.get $most)))))))

  ;; one sample; the arm that carries the bits
  (func $follow (param $x i32) (result i32)
    (local $error i32)
    (global.set $inphase
      (i32.add
        (global.get $inphase)
        (i32.shr_s
          (i32.sub
            (i32.mul (local.get $x) (call $sine (i32.add (global.get $phase) (i32.const 0x40000000))))
            (global.get $inphase))
          (i32.const 2))))
    (global.set $quadrature
      (i32.add
        (global.get $quadrature)
        (i32.shr_s
          (i32.sub
            (i32.mul (local.get $x) (i32.sub (i32.const 0) (call $sine (global.get $phase))))
            (global.get $quadrature))
          (i32.const 2))))
    ;; the sign of one arm takes the bit out of the other
    (local.set $error
      (call $limit
        (select
          (global.get $quadrature)
          (i32.sub (i32.const 0) (global.get $quadrature))
          (i32.ge_s (global.get $inphase) (i32.const 0)))
        (i32.const 4000)))
    (global.set $speed
      (i32.add (global.get $speed) (i32.mul (local.get $error) (i32.const 60))))
    (global.set $phase
      (i32.add
        (global.get $phase)
        (i32.add (global.get $speed) (i32.shl (local.get $error) (i32.const 14)))))
    (global.get $inphase))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $carrier i32) (local $drift i32) (local $bit i32)
    (local $x i32) (local $early i32) (local $late i32) (local $last i32) (local $byte i32) (local $doubt i32)
    (local.set $s (i32.const 1956))
    (local.set $drift (i32.const 0x12340000))
    (global.set $phase (i32.const 0))
    (global.set $speed (i32.const 0x12000000))
    (global.set $inphase (i32.const 0))
    (global.set $quadrature (i32.const 0))
    (local.set $bit (i32.const 1))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 0))
        (loop $samples
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 1103515245)) (i32.const 12345)))
          (if (i32.eqz (i32.and (local.get $i) (i32.const 15)))
            (then
              (if (i32.lt_s (local.get $s) (i32.const 0))
                (then (local.set $bit (i32.sub (i32.const 0) (local.get $bit)))))
              (local.set $drift
                (i32.add
                  (local.get $drift)
                  (i32.shr_s (i32.shl (local.get $s) (i32.const 8)) (i32.const 14))))))
          (local.set $carrier (i32.add (local.get $carrier) (local.get $drift)))
          (local.set $x
            (call $follow
              (call $limit
                (i32.add
                  (i32.mul
                    (local.get $bit)
                    (i32.shr_s (call $sine (i32.add (local.get $carrier) (i32.const 0x40000000))) (i32.const 1)))
                  (i32.shr_s (local.get $s) (i32.const 27)))
                (i32.const 127))))
          (if (i32.and (local.get $i) (i32.const 8))
            (then (local.set $late (i32.add (local.get $late) (local.get $x))))
            (else (local.set $early (i32.add (local.get $early) (local.get $x)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (if (i32.eqz (i32.and (local.get $i) (i32.const 15)))
            (then
              (local.set $doubt
                (i32.add
                  (local.get $doubt)
                  (i32.shr_u (i32.xor (local.get $early) (local.get $late)) (i32.const 31))))
              (local.set $x (i32.add (local.get $early) (i32.shl (local.get $late) (i32.const 1))))
              (local.set $byte
                (i32.or
                  (i32.shl (local.get $byte) (i32.const 1))
                  (i32.shr_u (i32.xor (local.get $x) (local.get $last)) (i32.const 31))))
              (local.set $h
                (i32.add
                  (i32.mul (local.get $h) (i32.const 31))
                  (i32.add (local.get $x) (i32.and (local.get $byte) (i32.const 255)))))
              (local.set $last (local.get $x))
              (local.set $early (i32.const 0))
              (local.set $late (i32.const 0))))
          (br_if $samples (i32.lt_u (local.get $i) (i32.const 160))))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.xor (local.get $doubt) (i32.shr_s (global.get $speed) (i32.const 12)))))
        (br $again)))
    (local.get $h)))
