/* CALL(instance) or CALL_WITH(instance, n), given on the command line of the compiler. */
static unsigned call(Z_k_instance_t *instance, int n) {
#ifdef CALL_WITH
  return CALL_WITH(instance, n);
#else
  unsigned result = 0;
  while (n-- > 0) result = (unsigned)CALL(instance);
  return result;
#endif
}
