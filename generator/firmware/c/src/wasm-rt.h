/* SPDX-License-Identifier: Apache-2.0
 *
 * What C code from wasm2c (wabt) needs of its embedder, for bare metal: no heap, no signals, no operating system. The names
 * are those that the generated code uses; wabt's own file of this name is for hosted systems and is not needed.
 *
 * Memory accesses of the generated code are rewritten on export to one of three families (kernel_code.c says how many):
 *
 *     flash_...   every address lies in the constants; reads them where they are, in flash
 *     ram_...     every address lies in the memory that the kernel writes
 *     any_...     not proved: checked at run time, a trap when neither
 *     never_...   proved to be unreachable; a trap if it were not
 *
 *     wasm address   0        ESC_FLASH_FIRST        ESC_FLASH_END              ESC_HEAP_BASE
 *                    |  unused  |  constants (const)   |  escapement_memory       |   trap
 *
 * Without ESC_WEIGHTS_IN_FLASH the constants are copied into escapement_memory at start, which then begins at address 0.
 */
#ifndef ESCAPEMENT_WASM_RT_H
#define ESCAPEMENT_WASM_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kernel_config.h"

#ifdef __GNUC__
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define ESC_COPY __builtin_memcpy
#else
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#define ESC_COPY memcpy
#endif

#define wasm_rt_memcpy ESC_COPY
#ifdef ESC_UNCHECKED /* for measurements only */
#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 1
#else
#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 0
#endif
/* The exporter refuses recursive modules, so the depth of calls is bounded. */
#define WASM_RT_USE_STACK_DEPTH_COUNT 0
#define WASM_RT_MAX_CALL_STACK_DEPTH 0

typedef enum {
  WASM_RT_TRAP_NONE,
  WASM_RT_TRAP_OOB,
  WASM_RT_TRAP_INT_OVERFLOW,
  WASM_RT_TRAP_DIV_BY_ZERO,
  WASM_RT_TRAP_INVALID_CONVERSION,
  WASM_RT_TRAP_UNREACHABLE,
  WASM_RT_TRAP_CALL_INDIRECT,
  WASM_RT_TRAP_UNCAUGHT_EXCEPTION,
  WASM_RT_TRAP_EXHAUSTION
} wasm_rt_trap_t;

typedef enum {
  WASM_RT_I32,
  WASM_RT_I64,
  WASM_RT_F32,
  WASM_RT_F64,
  WASM_RT_FUNCREF,
  WASM_RT_EXTERNREF
} wasm_rt_type_t;

typedef struct {
  uint8_t *data;
  uint32_t pages, max_pages, size;
} wasm_rt_memory_t;

/* Tables: the generated prelude mentions them, a kernel has none. */
typedef void (*wasm_rt_function_ptr_t)(void);
typedef struct {
  uint32_t func_type;
  wasm_rt_function_ptr_t func;
  void *module_instance;
} wasm_rt_funcref_t;
typedef void *wasm_rt_externref_t;
#define wasm_rt_externref_null_value ((wasm_rt_externref_t)0)
typedef struct {
  wasm_rt_funcref_t *data;
  uint32_t max_size, size;
} wasm_rt_funcref_table_t;
typedef struct {
  wasm_rt_externref_t *data;
  uint32_t max_size, size;
} wasm_rt_externref_table_t;

/* host_wasm2c.c */
void wasm_rt_trap(wasm_rt_trap_t code) __attribute__((noreturn));
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages);
static inline void wasm_rt_free_memory(wasm_rt_memory_t *memory) { (void)memory; }
static inline bool wasm_rt_is_initialized(void) { return true; }
static inline uint32_t wasm_rt_register_func_type(uint32_t params, uint32_t results, ...) {
  (void)params;
  (void)results;
  return 1;
}

extern uint8_t escapement_memory[ESC_RAM_BYTES];

/* wasm2c pins every load behind an empty asm, so that a load that would trap is not dropped. Nothing here traps unasked. */
#ifdef ESC_PIN_LOADS /* for measurements only */
#define ESC_PIN(value) __asm__("" ::"r"(value))
#else
#define ESC_PIN(value) ((void)0)
#endif

/* One access each: u is what memory holds, s what it is widened by, r what the operator gives. */
#define ESC_DEFINE_LOAD(name, u, s, r)                     \
  static inline r esc_##name(const uint8_t *from) {        \
    u value;                                               \
    ESC_COPY(&value, from, sizeof value);                  \
    ESC_PIN(value);                                        \
    return (r)(s)value;                                    \
  }
#define ESC_DEFINE_STORE(name, u, r)                       \
  static inline void esc_##name(uint8_t *to, r value) {    \
    u narrowed = (u)value;                                 \
    ESC_COPY(to, &narrowed, sizeof narrowed);              \
  }
ESC_DEFINE_LOAD(i32_load, uint32_t, uint32_t, uint32_t)
ESC_DEFINE_LOAD(i32_load8_s, int8_t, int32_t, uint32_t)
ESC_DEFINE_LOAD(i32_load8_u, uint8_t, uint32_t, uint32_t)
ESC_DEFINE_LOAD(i32_load16_s, int16_t, int32_t, uint32_t)
ESC_DEFINE_LOAD(i32_load16_u, uint16_t, uint32_t, uint32_t)
ESC_DEFINE_LOAD(i64_load, uint64_t, uint64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load8_s, int8_t, int64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load8_u, uint8_t, uint64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load16_s, int16_t, int64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load16_u, uint16_t, uint64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load32_s, int32_t, int64_t, uint64_t)
ESC_DEFINE_LOAD(i64_load32_u, uint32_t, uint64_t, uint64_t)
ESC_DEFINE_LOAD(f32_load, float, float, float)
ESC_DEFINE_LOAD(f64_load, double, double, double)
ESC_DEFINE_STORE(i32_store, uint32_t, uint32_t)
ESC_DEFINE_STORE(i32_store8, uint8_t, uint32_t)
ESC_DEFINE_STORE(i32_store16, uint16_t, uint32_t)
ESC_DEFINE_STORE(i64_store, uint64_t, uint64_t)
ESC_DEFINE_STORE(i64_store8, uint8_t, uint64_t)
ESC_DEFINE_STORE(i64_store16, uint16_t, uint64_t)
ESC_DEFINE_STORE(i64_store32, uint32_t, uint64_t)
ESC_DEFINE_STORE(f32_store, float, float)
ESC_DEFINE_STORE(f64_store, double, double)

/*
 * Bases of the two address spaces, at the start of every function, hidden from the compiler. gcc that sees the address of an
 * array makes an induction variable of its own for each access and spills them all: a Bi-LSTM of 128 units took 73 instead of
 * 37 million instructions on a Cortex-M4.
 */
#define ESC_RAM_BASE uint8_t *esc_ram = (uint8_t *)((uintptr_t)escapement_memory - ESC_RAM_FIRST)
#ifdef __GNUC__
#define ESC_HIDE(pointer) __asm__("" : "+r"(pointer))
#else
#define ESC_HIDE(pointer) ((void)0)
#endif

/* `flash_load(i32_load8_s, address)` and so on. Proved addresses need no more than 32 bits. */
#define ram_load(name, address) esc_##name(esc_ram + (uint32_t)(address))
#define ram_store(name, address, value) esc_##name(esc_ram + (uint32_t)(address), value)
#ifdef ESC_WEIGHTS_IN_FLASH
#define ESC_BASES                                                                             \
  ESC_RAM_BASE;                                                                               \
  const uint8_t *esc_flash = (const uint8_t *)((uintptr_t)ESC_FLASH_BYTES - ESC_FLASH_FIRST); \
  ESC_HIDE(esc_ram);                                                                          \
  ESC_HIDE(esc_flash)
#define flash_load(name, address) esc_##name(esc_flash + (uint32_t)(address))
#define any_load(name, base, offset, bytes) esc_##name(esc_any_read(esc_flash, esc_ram, base, offset, bytes))
#else
#define ESC_BASES \
  ESC_RAM_BASE;   \
  ESC_HIDE(esc_ram)
#define flash_load(name, address) ram_load(name, address)
#define any_load(name, base, offset, bytes) esc_##name(esc_any_write(esc_ram, base, offset, bytes))
#endif
#define any_store(name, base, offset, bytes, value) esc_##name(esc_any_write(esc_ram, base, offset, bytes), value)

#define never_load(name, address) ((void)(address), wasm_rt_trap(WASM_RT_TRAP_UNREACHABLE), 0)
#define never_store(name, address, value) ((void)(address), (void)(value), wasm_rt_trap(WASM_RT_TRAP_UNREACHABLE))

/*
 * Whether `bytes` bytes at base + offset, a sum of up to 33 bits, lie in [first, end). One comparison in 32 bits, since the offset is a
 * constant: with an offset from `first` on, the base alone must not be too large; with a smaller one, a sum that wraps around
 * ends below `first`, and then the difference wraps around as well.
 */
static inline bool esc_inside(uint32_t base, uint32_t offset, uint32_t bytes, uint32_t first, uint32_t end) {
  if (end - first < bytes) return false;
  if (offset >= first) return offset <= end - bytes && base <= end - bytes - offset;
  return base + offset - first <= end - first - bytes;
}

#define ESC_RAM_END (ESC_RAM_FIRST + ESC_RAM_BYTES)

static inline uint8_t *esc_any_write(uint8_t *ram, uint32_t base, uint32_t offset, uint32_t bytes) {
  if (UNLIKELY(!esc_inside(base, offset, bytes, ESC_RAM_FIRST, ESC_RAM_END))) wasm_rt_trap(WASM_RT_TRAP_OOB);
  return ram + base + offset;
}

static inline const uint8_t *esc_any_read(const uint8_t *flash, const uint8_t *ram, uint32_t base, uint32_t offset, uint32_t bytes) {
  if (LIKELY(esc_inside(base, offset, bytes, ESC_RAM_FIRST, ESC_RAM_END))) return ram + base + offset;
  if (UNLIKELY(!esc_inside(base, offset, bytes, ESC_FLASH_FIRST, ESC_FLASH_END))) wasm_rt_trap(WASM_RT_TRAP_OOB);
  return flash + base + offset;
}

#endif
