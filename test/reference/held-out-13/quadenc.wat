;; The crown of a watch: two light barriers a quarter apart, sampled 200 times while somebody turns, glitches between; a filter that wants three like samples, steps by a table of sixteen changes (a jump over two counts as an error and goes on in the last direction), four steps a notch, fast turning counts more by the time since the last notch, a list scrolls between its ends with a bump.
(module
  (memory 1)
  ;; change from (old two bits, new two bits): 0 none, 1 forward, 2 error, 255 back
  (data (i32.const 1024) "\00\01\ff\02\ff\00\02\01\01\02\00\ff\02\ff\01\00")
  ;; state at 1056: { i32 like, i32 candidate, i32 stable, i32 direction, i32 steps, i32 errors, i32 place, i32 quiet, i32 bumps }
  (func $notch (param $direction i32)
    (local $by i32) (local $quiet i32) (local $place i32)
    (local.set $quiet (i32.load offset=1084 (i32.const 0)))
    (local.set $by (i32.const 1))
    (if (i32.lt_u (local.get $quiet) (i32.const 24))
      (then
        (local.set $by (i32.const 2))
        (if (i32.lt_u (local.get $quiet) (i32.const 14))
          (then (local.set $by (i32.const 5))))))
    (local.set $place
      (i32.add
        (i32.load offset=1080 (i32.const 0))
        (i32.mul (local.get $by) (local.get $direction))))
    (block $inside
      (block $outside
        (if (i32.lt_s (local.get $place) (i32.const 0))
          (then
            (local.set $place (i32.const 0))
            (br $outside)))
        (br_if $inside (i32.le_s (local.get $place) (i32.const 40)))
        (local.set $place (i32.const 40)))
      (i32.store offset=1088
        (i32.const 0)
        (i32.add (i32.load offset=1088 (i32.const 0)) (i32.const 1))))
    (i32.store offset=1080 (i32.const 0) (local.get $place))
    (i32.store offset=1084 (i32.const 0) (i32.const 0)))

  (func $sample (param $pins i32)
    (local $change i32) (local $direction i32) (local $steps i32)
    (i32.store offset=1084
      (i32.const 0)
      (i32.add (i32.load offset=1084 (i32.const 0)) (i32.const 1)))
    (if (i32.ne (local.get $pins) (i32.load offset=1060 (i32.const 0)))
      (then
        (i32.store offset=1060 (i32.const 0) (local.get $pins))
        (i32.store offset=1056 (i32.const 0) (i32.const 1))
        (return)))
    (i32.store offset=1056
      (i32.const 0)
      (i32.add (i32.load offset=1056 (i32.const 0)) (i32.const 1)))
    (if (i32.ne (i32.load offset=1056 (i32.const 0)) (i32.const 3))
      (then (return)))
    (local.set $change
      (i32.load8_s offset=1024
        (i32.or
          (i32.shl (i32.load offset=1064 (i32.const 0)) (i32.const 2))
          (local.get $pins))))
    (i32.store offset=1064 (i32.const 0) (local.get $pins))
    (local.set $direction (i32.load offset=1068 (i32.const 0)))
    (if (i32.eqz (local.get $change))
      (then (return)))
    (if (i32.eq (local.get $change) (i32.const 2))
      (then
        (i32.store offset=1076
          (i32.const 0)
          (i32.add (i32.load offset=1076 (i32.const 0)) (i32.const 1)))
        (local.set $change (i32.shl (local.get $direction) (i32.const 1))))
      (else
        (local.set $direction (local.get $change))
        (i32.store offset=1068 (i32.const 0) (local.get $direction))))
    (local.set $steps (i32.add (i32.load offset=1072 (i32.const 0)) (local.get $change)))
    (if (i32.ge_s (local.get $steps) (i32.const 4))
      (then
        (local.set $steps (i32.sub (local.get $steps) (i32.const 4)))
        (call $notch (i32.const 1)))
      (else
        (if (i32.le_s (local.get $steps) (i32.const -4))
          (then
            (local.set $steps (i32.add (local.get $steps) (i32.const 4)))
            (call $notch (i32.const -1))))))
    (i32.store offset=1072 (i32.const 0) (local.get $steps)))

  (func (export "run") (param $n i32) (result i32)
    (local $s i32) (local $h i32) (local $i i32) (local $angle i32) (local $speed i32) (local $pins i32)
    (local.set $s (i32.const 24))
    (local.set $speed (i32.const 60))
    (memory.fill (i32.const 1056) (i32.const 0) (i32.const 36))
    (block $end
      (loop $again
        (br_if $end (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $i (i32.const 200))
        (loop $samples
          (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 22695477)) (i32.const 1)))
          ;; another speed now and then, -128 to 127 of 1024 a sample
          (if (i32.lt_u (i32.shr_u (local.get $s) (i32.const 16)) (i32.const 1200))
            (then
              (local.set $speed
                (i32.shr_s (i32.shl (local.get $s) (i32.const 16)) (i32.const 24)))))
          (local.set $angle (i32.add (local.get $angle) (local.get $speed)))
          (local.set $pins (i32.and (i32.shr_u (local.get $angle) (i32.const 8)) (i32.const 3)))
          (local.set $pins
            (i32.xor (local.get $pins) (i32.shr_u (local.get $pins) (i32.const 1))))
          (if (i32.eqz (i32.shr_u (local.get $s) (i32.const 27)))
            (then
              (local.set $pins
                (i32.xor
                  (local.get $pins)
                  (i32.add (i32.and (i32.shr_u (local.get $s) (i32.const 9)) (i32.const 1)) (i32.const 1))))))
          (call $sample (local.get $pins))
          (local.set $h
            (i32.add
              (i32.mul (local.get $h) (i32.const 31))
              (i32.add
                (i32.load offset=1080 (i32.const 0))
                (i32.shl (i32.load offset=1072 (i32.const 0)) (i32.const 8)))))
          (br_if $samples (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        (local.set $h
          (i32.add
            (i32.mul (local.get $h) (i32.const 31))
            (i32.add
              (i32.load offset=1076 (i32.const 0))
              (i32.shl (i32.load offset=1088 (i32.const 0)) (i32.const 16)))))
        (br $again)))
    (local.get $h)))
