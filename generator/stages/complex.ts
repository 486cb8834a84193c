/** The little complex arithmetic that filter design needs. */
export interface Complex {
  re: number;
  im: number;
}

export const complex = (re: number, im: number): Complex => ({ re, im });
export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
export const negate = (a: Complex): Complex => complex(-a.re, -a.im);
export const multiply = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
export const magnitude = (a: Complex): number => Math.hypot(a.re, a.im);

export function divide(a: Complex, b: Complex): Complex {
  const squared = b.re * b.re + b.im * b.im;
  return complex((a.re * b.re + a.im * b.im) / squared, (a.im * b.re - a.re * b.im) / squared);
}

/** The root with a non-negative real part. */
export function squareRoot(a: Complex): Complex {
  const size = magnitude(a);
  const re = Math.sqrt((size + Math.abs(a.re)) / 2);
  if (re === 0) return complex(0, 0);
  const im = a.im / (2 * re);
  return a.re >= 0 ? complex(re, im) : complex(Math.abs(im), a.im >= 0 ? re : -re);
}
