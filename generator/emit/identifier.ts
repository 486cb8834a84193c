/** Turns a name from a model file into an AssemblyScript identifier: "/head_rnn/LSTM" -> "head_rnn_LSTM". */
export function identifier(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(plain) ? plain : `n${plain}`;
}
