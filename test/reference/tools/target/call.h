/*
 * Given on the command line of the compiler: CALL_WITH(instance, n), which is called once, or CALL(instance), which is called n times and gives
 * an integer. BEFORE(instance) is called first, where it is given.
 * APART keeps the call out of its caller: that one must not save registers of the floating-point unit before it has switched the unit on.
 */
static inline unsigned low_of_f32(float value) {
  unsigned bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}
static inline unsigned low_of_f64(double value) {
  unsigned long long bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return (unsigned)bits;
}
static inline float f32_of(unsigned bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}
static inline double f64_of(unsigned long long bits) {
  double value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

#ifdef APART
__attribute__((noinline))
#endif
static unsigned call(Z_k_instance_t *instance, int n) {
#ifdef BEFORE
  BEFORE(instance);
#endif
#ifdef CALL_WITH
  return CALL_WITH(instance, n);
#else
  unsigned result = 0;
  while (n-- > 0) result = (unsigned)CALL(instance);
  return result;
#endif
}
