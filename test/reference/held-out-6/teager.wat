;; Bursts of a muscle: the energy of Teager and Kaiser (a sample's square less the product of its neighbours), its mean in 64 bits as threshold, beginnings and ends with a pause of four samples, the energy of each burst; 72 samples of 16 bits.
(module
  (memory 1)
  (func $energies (param $count i32) (result i64)
    (local $p i32) (local $q i32) (local $x i32) (local $before i32) (local $after i32) (local $e i32) (local $sum i64)
    i32.const 1024
    local.set $p
    i32.const 2048
    local.set $q
    local.get $p
    i32.load16_s
    local.set $before
    local.get $p
    i32.load16_s offset=2
    local.set $x
    local.get $count
    i32.const 2
    i32.sub
    local.set $count
    loop $samples
      local.get $p
      i32.load16_s offset=4
      local.set $after
      local.get $x
      local.get $x
      i32.mul
      local.get $before
      local.get $after
      i32.mul
      i32.sub
      local.set $e
      local.get $q
      local.get $e
      i32.const 0
      local.get $e
      i32.const 0
      i32.gt_s
      select
      local.tee $e
      i32.store
      local.get $sum
      local.get $e
      i64.extend_i32_s
      i64.add
      local.set $sum
      local.get $x
      local.set $before
      local.get $after
      local.set $x
      local.get $p
      i32.const 2
      i32.add
      local.set $p
      local.get $q
      i32.const 4
      i32.add
      local.set $q
      local.get $count
      i32.const 1
      i32.sub
      local.tee $count
      br_if $samples
    end
    local.get $sum)
  (func $bursts (param $count i32) (param $limit i32) (result i32)
    (local $i i32) (local $quiet i32) (local $inside i32) (local $from i32) (local $sum i64) (local $h i32) (local $e i32)
    loop $each
      local.get $i
      i32.const 2
      i32.shl
      i32.load offset=2048
      local.set $e
      block $next
        local.get $inside
        if
          local.get $sum
          local.get $e
          i64.extend_i32_u
          i64.add
          local.set $sum
          local.get $e
          local.get $limit
          i32.ge_s
          if
            i32.const 0
            local.set $quiet
            br $next
          end
          local.get $quiet
          i32.const 1
          i32.add
          local.tee $quiet
          i32.const 4
          i32.lt_u
          br_if $next
          i32.const 0
          local.set $inside
          local.get $h
          i32.const 31
          i32.mul
          local.get $from
          i32.const 8
          i32.shl
          i32.add
          local.get $i
          i32.add
          local.get $sum
          i64.const 12
          i64.shr_u
          i32.wrap_i64
          i32.add
          local.set $h
        else
          local.get $e
          local.get $limit
          i32.lt_s
          br_if $next
          i32.const 1
          local.set $inside
          local.get $i
          local.set $from
          i32.const 0
          local.set $quiet
          local.get $e
          i64.extend_i32_u
          local.set $sum
        end
      end
      local.get $i
      i32.const 1
      i32.add
      local.tee $i
      local.get $count
      i32.lt_s
      br_if $each
    end
    local.get $h
    local.get $inside
    i32.add)
  (func $record (param $k i32)
    (local $i i32) (local $s i32) (local $amplitude i32)
    local.get $k
    i32.const 69069
    i32.mul
    i32.const 362437
    i32.add
    local.set $s
    loop $samples
      local.get $s
      i32.const 1664525
      i32.mul
      i32.const 1013904223
      i32.add
      local.set $s
      i32.const 25
      i32.const 22
      local.get $i
      local.get $k
      i32.const 7
      i32.and
      i32.add
      i32.const 24
      i32.rem_u
      i32.const 9
      i32.lt_u
      select
      local.set $amplitude
      local.get $i
      i32.const 1
      i32.shl
      local.get $s
      i32.const 47
      local.get $amplitude
      i32.sub
      i32.shr_s
      i32.const 3
      i32.mul
      i32.store16 offset=1024
      local.get $i
      i32.const 1
      i32.add
      local.tee $i
      i32.const 72
      i32.lt_u
      br_if $samples
    end)
  (func (export "run") (param $n i32) (result i32)
    (local $k i32) (local $h i32)
    block $done
      loop $again
        local.get $k
        local.get $n
        i32.ge_s
        br_if $done
        local.get $k
        call $record
        local.get $h
        i32.const 7
        i32.rotl
        i32.const 70
        i32.const 72
        call $energies
        i64.const 2
        i64.mul
        i64.const 210
        i64.div_s
        i32.wrap_i64
        call $bursts
        i32.xor
        local.set $h
        local.get $k
        i32.const 1
        i32.add
        local.set $k
        br $again
      end
    end
    local.get $h))
