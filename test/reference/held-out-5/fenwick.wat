;; Heart rates of a day in a tree of sums (Fenwick's): add, take away, sums up to a rate, the rate at a rank; 128 counts of 32 bits.
(module
  (memory 1 1)
  (func $add (param $at i32) (param $by i32)
    (local $p i32)
    loop $up
      local.get $at
      i32.const 2
      i32.shl
      local.tee $p
      local.get $p
      i32.load offset=2048
      local.get $by
      i32.add
      i32.store offset=2048
      local.get $at
      i32.const 0
      local.get $at
      i32.sub
      local.get $at
      i32.and
      i32.add
      local.tee $at
      i32.const 128
      i32.le_u
      br_if $up
    end)
  (func $sum (param $at i32) (result i32)
    (local $s i32)
    block $end
      local.get $at
      i32.eqz
      br_if $end
      loop $down
        local.get $s
        local.get $at
        i32.const 2
        i32.shl
        i32.load offset=2048
        i32.add
        local.set $s
        local.get $at
        local.get $at
        i32.const 1
        i32.sub
        i32.and
        local.tee $at
        br_if $down
      end
    end
    local.get $s)
  (func $rank (param $left i32) (result i32)
    (local $at i32) (local $step i32) (local $c i32)
    i32.const 64
    local.set $step
    loop $halve
      local.get $at
      local.get $step
      i32.add
      i32.const 2
      i32.shl
      i32.load offset=2048
      local.tee $c
      local.get $left
      i32.lt_s
      if
        local.get $left
        local.get $c
        i32.sub
        local.set $left
        local.get $at
        local.get $step
        i32.add
        local.set $at
      end
      local.get $step
      i32.const 1
      i32.shr_u
      local.tee $step
      br_if $halve
    end
    local.get $at
    i32.const 1
    i32.add)
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $i i32) (local $s i32) (local $h i32) (local $v i32)
    block $done
      loop $again
        local.get $k
        local.get $n
        i32.ge_s
        br_if $done
        i32.const 2048
        i32.const 0
        i32.const 516
        memory.fill
        local.get $k
        i32.const 40503
        i32.mul
        i32.const 1
        i32.add
        local.set $s
        i32.const 0
        local.set $i
        loop $beats
          local.get $s
          i32.const 22695477
          i32.mul
          i32.const 1
          i32.add
          local.tee $s
          i32.const 26
          i32.shr_u
          local.get $s
          i32.const 15
          i32.shr_u
          i32.const 31
          i32.and
          i32.add
          i32.const 20
          i32.add
          local.tee $v
          i32.const 1
          call $add
          ;; the oldest of sixteen leaves
          local.get $i
          i32.const 15
          i32.and
          local.tee $v
          i32.load8_u offset=1024
          if
            local.get $v
            i32.load8_u offset=1024
            i32.const -1
            call $add
          end
          local.get $v
          local.get $s
          i32.const 26
          i32.shr_u
          local.get $s
          i32.const 15
          i32.shr_u
          i32.const 31
          i32.and
          i32.add
          i32.const 20
          i32.add
          i32.store8 offset=1024
          local.get $i
          i32.const 15
          i32.and
          i32.const 15
          i32.eq
          if
            local.get $h
            i32.const 31
            i32.mul
            i32.const 60
            call $sum
            i32.add
            i32.const 8
            call $rank
            i32.add
            local.set $h
          end
          local.get $i
          i32.const 1
          i32.add
          local.tee $i
          i32.const 64
          i32.lt_u
          br_if $beats
        end
        i32.const 1024
        i32.const 0
        i32.const 16
        memory.fill
        local.get $k
        i32.const 1
        i32.add
        local.set $k
        br $again
      end
    end
    local.get $h))
